package io.dtx.runtime.walls;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The replicated state and its transitions are the same on every member: they see values, and nothing of the world. */
final class Purity {
    private static final String PROTOCOL = Walls.ROOT + ".protocol";
    private static final String COORDINATOR = Walls.ROOT + ".coordinator";
    private static final String STATE = COORDINATOR + ".CoordinatorState";

    /** The values of dtx-api that the protocol speaks of. */
    private static final Set<String> VALUES = Set.of(
            "io.dtx.TransactionId",
            "io.dtx.TransactionStatus",
            "io.dtx.StepStatus",
            "io.dtx.TransactionMode",
            "io.dtx.Recovery",
            "io.dtx.spi.RetrySchedule");

    private static final List<String> PURE_PACKAGES = List.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.util",
            "java.util.function",
            "java.util.stream",
            "org.jspecify.annotations",
            PROTOCOL);

    /** Clocks, randomness, threads, and the rest of the world, wherever in the JDK they are. */
    private static final Pattern WORLD =
            Pattern.compile("java\\.lang\\.(Thread\\w*|InheritableThreadLocal|Runtime|Process\\w*|System)(\\$.*)?"
                    + "|java\\.util\\.(Date|Calendar|\\w*Random\\w*|Timer\\w*|Scanner|Properties|IdentityHashMap|WeakHashMap|ServiceLoader|Locale|TimeZone)"
                    + "|java\\.util\\.concurrent\\..*|java\\.util\\.logging\\..*"
                    + "|java\\.(io|net|sql|nio\\.channels|nio\\.file|security)\\..*|java\\.time\\.(\\w*Clock|InstantSource)"
                    + "|javax\\..*");

    /** Harmless members of classes of the world, and the other way round: owner.name. */
    private static final Set<String> HARMLESS = Set.of("java.lang.System.arraycopy");

    private static final Set<String> HARMFUL = Set.of(
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.Collections.shuffle",
            // The last bit may differ between platforms.
            "java.lang.Math.pow",
            "java.lang.Math.exp",
            "java.lang.Math.log",
            // Iterated in another order by every process.
            "java.util.Set.of",
            "java.util.Set.copyOf",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Map.copyOf",
            "java.util.stream.Collectors.toUnmodifiableSet",
            "java.util.stream.Collectors.toUnmodifiableMap",
            "java.lang.Object.wait",
            "java.lang.Object.notify",
            "java.lang.Object.notifyAll",
            "java.lang.Object.hashCode",
            "java.time.Instant.now",
            "java.time.LocalDateTime.now",
            "java.time.LocalDate.now",
            "java.time.ZonedDateTime.now",
            "java.util.stream.Stream.parallel",
            "java.util.Collection.parallelStream",
            "java.util.List.parallelStream");

    /** At most one element: there is one order only. */
    private static final Set<String> WITHOUT_ORDER = Set.of(
            "java.util.Set.of()",
            "java.util.Set.of(java.lang.Object)",
            "java.util.Map.of()",
            "java.util.Map.of(java.lang.Object, java.lang.Object)");

    private Purity() {}

    static Stream<String> protocolSeesMoreThanValues(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getPackageName().equals(PROTOCOL))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> !isValue(dependency.getTargetClass().getBaseComponentType()))
                .map(dependency -> dependency.getDescription() + ": the protocol sees java.lang, java.util and values");
    }

    private static boolean isValue(JavaClass type) {
        return type.isPrimitive()
                || PURE_PACKAGES.contains(type.getPackageName())
                || VALUES.contains(outermost(type.getName()));
    }

    private static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }

    static Stream<String> clockRandomnessOrThread(JavaClasses classes) {
        return pure(classes).stream()
                .flatMap(type -> Stream.concat(touches(type), harmfulCalls(type)))
                .map(where -> where + ": the state changes by commands only, and is the same on every member");
    }

    /** The protocol, the coordinator's state, and what of the coordinator's package the state is made of. */
    private static Set<JavaClass> pure(JavaClasses classes) {
        Set<JavaClass> pure = new LinkedHashSet<>();
        Deque<JavaClass> next = new ArrayDeque<>();
        classes.stream()
                .filter(type -> type.getPackageName().equals(PROTOCOL)
                        || outermost(type.getName()).equals(STATE))
                .forEach(next::add);
        while (!next.isEmpty()) {
            JavaClass type = next.pop();
            if (pure.add(type)) {
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(target -> target.getPackageName().equals(COORDINATOR))
                        .forEach(next::add);
            }
        }
        return pure;
    }

    private static Stream<String> touches(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> WORLD.matcher(dependency
                                .getTargetClass()
                                .getBaseComponentType()
                                .getName())
                        .matches())
                .filter(dependency -> !isHarmless(type, dependency))
                .map(Dependency::getDescription);
    }

    /** A dependency by calls only, all of them harmless ones. */
    private static boolean isHarmless(JavaClass type, Dependency dependency) {
        List<String> used = accesses(type)
                .filter(access -> access.getTargetOwner().equals(dependency.getTargetClass()))
                .map(Purity::name)
                .distinct()
                .toList();
        return !used.isEmpty() && HARMLESS.containsAll(used);
    }

    private static Stream<String> harmfulCalls(JavaClass type) {
        return accesses(type)
                .filter(access -> HARMFUL.contains(name(access))
                        && !WITHOUT_ORDER.contains(access.getTarget().getFullName()))
                .map(JavaAccess::getDescription);
    }

    private static Stream<JavaAccess<?>> accesses(JavaClass type) {
        return type.getAccessesFromSelf().stream().map(access -> (JavaAccess<?>) access);
    }

    private static String name(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }
}
