package io.dtx.runtime;

import io.dtx.DistributedTransaction;
import io.dtx.DtxException;
import io.dtx.SagaStep;
import io.dtx.spi.GeneratedCalls;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Steps and transactions that generated code does not know: a superclass was compiled after its heir, as in a library's new
 * version.
 */
final class LaterMethods {

    private static final Set<String> LIFECYCLE =
            Set.of("jakarta.annotation.PostConstruct", "jakarta.annotation.PreDestroy", "jakarta.inject.Inject");

    private LaterMethods() {}

    /**
     * Looks at all methods that a class declares or inherits.
     *
     * @param annotated the class of an application
     * @param woven the class whose objects enter: itself, or the generated subclass
     * @param calls its generated calls, if it has any
     * @throws DtxException if one that is annotated, itself or with its class, would be a plain one
     */
    static void refuse(Class<?> annotated, Class<?> woven, @Nullable GeneratedCalls calls) {
        Set<List<Object>> known = new HashSet<>();
        Set<String> compensations = compensations(annotated);
        for (Class<?> each = annotated; each != null && each != Object.class; each = each.getSuperclass()) {
            boolean covers = covers(annotated, each);
            for (Method method : methods(each)) {
                boolean inForce = known.add(List.of(method.getName(), Arrays.asList(method.getParameterTypes())));
                boolean isCovered = covers && isCovered(method) && !compensations.contains(method.getName());
                if (inForce && (isAnnotated(method) || isCovered) && !enters(method, woven, calls)) {
                    throw refusal(annotated, method);
                }
            }
        }
    }

    private static Set<String> compensations(Class<?> annotated) {
        return Stream.<Class<?>>iterate(annotated, Objects::nonNull, Class::getSuperclass)
                .flatMap(each -> Stream.of(methods(each)))
                .flatMap(each -> Stream.ofNullable(each.getAnnotation(SagaStep.class)))
                .map(SagaStep::compensate)
                .collect(Collectors.toSet());
    }

    // The class itself was compiled with its generated code, and the JDK has other methods in every version.
    private static boolean covers(Class<?> annotated, Class<?> superclass) {
        return superclass != annotated
                && !superclass.getName().startsWith("java.")
                && (superclass.isAnnotationPresent(DistributedTransaction.class)
                        || annotated.isAnnotationPresent(DistributedTransaction.class));
    }

    // As the processor decides which methods a class's annotation means.
    private static boolean isCovered(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !Modifier.isAbstract(method.getModifiers())
                && !method.isSynthetic()
                && !isOfObject(method)
                && Stream.of(method.getAnnotations())
                        .noneMatch(
                                each -> LIFECYCLE.contains(each.annotationType().getName()));
    }

    private static boolean isOfObject(Method method) {
        return Stream.of(Object.class.getDeclaredMethods())
                .anyMatch(each -> each.getName().equals(method.getName())
                        && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()));
    }

    /** Returns the methods that a class declares; none if a type is missing that one of them names. */
    static Method[] methods(Class<?> type) {
        try {
            return type.getDeclaredMethods();
        } catch (LinkageError e) {
            return new Method
                    [0]; // one names a class that is not there, an optional library's: its superclasses are looked at
        }
    }

    // Private and static ones belong to the class that declares them: its own compilation has judged them.
    static boolean isAnnotated(Method method) {
        return !method.isBridge()
                && !Modifier.isPrivate(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && (method.isAnnotationPresent(SagaStep.class)
                        || method.isAnnotationPresent(DistributedTransaction.class));
    }

    private static boolean enters(Method method, Class<?> woven, @Nullable GeneratedCalls calls) {
        if (calls != null) {
            MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            return calls.has(method.getName() + type.toMethodDescriptorString());
        }
        try {
            return woven.getDeclaredMethod(method.getName(), method.getParameterTypes())
                            .getDeclaringClass()
                    == woven;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static DtxException refusal(Class<?> annotated, Method method) {
        return new DtxException(
                null,
                "DTX-1042 " + method.getDeclaringClass().getName() + "." + method.getName()
                        + " is a step or transaction, and unknown to what was generated for " + annotated.getName()
                        + ", which inherits it: it would be a plain method there. Compile " + annotated.getName()
                        + " again, with the class path that it runs with.",
                null);
    }
}
