package io.dtx.runtime.walls;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which package may see which, and which library is seen by which single package. A new package gets a line in
 * {@link #ARROWS}; an arrow that the design does not draw needs a decision record first.
 */
final class Walls {
    static final String ROOT = "io.dtx.runtime";

    /** Package below the root to the packages that it may see; the root sees them all, and dtx-api is seen by all. */
    static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("protocol", Set.of()),
            Map.entry("log", Set.of("protocol")),
            Map.entry("log.file", Set.of("log", "protocol")),
            Map.entry("log.raft", Set.of("log", "log.file", "net", "protocol")),
            Map.entry("participant", Set.of("protocol")),
            Map.entry("participant.guard", Set.of("participant", "protocol")),
            Map.entry("participant.xa", Set.of("participant", "protocol", "coordinator")),
            Map.entry("coordinator", Set.of("protocol", "log", "participant")),
            Map.entry("net", Set.of("coordinator", "log", "protocol")),
            Map.entry("session", Set.of("coordinator", "log", "net", "protocol")),
            Map.entry("invoke", Set.of("coordinator", "participant", "protocol")),
            Map.entry("weave", Set.of("invoke")),
            Map.entry("http", Set.of("coordinator", "invoke", "protocol")));

    /** Heavy library, by the beginning of its packages, to the one package that may see it. */
    static final Map<String, String> LIBRARIES = Map.of(
            "net.bytebuddy.", ROOT + ".weave",
            "com.alipay.", ROOT + ".log.raft",
            "io.netty.", ROOT + ".net",
            "org.hibernate.", ROOT + ".participant.guard",
            "jakarta.persistence.", ROOT + ".participant.guard",
            "com.arjuna.", ROOT + ".participant.xa",
            "io.agroal.", ROOT + ".participant.xa",
            "javax.transaction.xa.", ROOT + ".participant.xa",
            "org.eclipse.microprofile.", ROOT);

    /** What the file log does without: it knows files, nothing else. */
    private static final List<String> NOT_FILES = List.of("java.sql.", "javax.", "java.net.", "java.rmi.");

    private Walls() {}

    static Stream<String> arrowsThatAreNotDrawn(JavaClasses classes) {
        return Dependencies.between(classes)
                .filter(arrow -> isOurs(arrow.from()) && isOurs(arrow.to()))
                .filter(arrow -> !mayISee(arrow.from(), arrow.to()))
                .map(arrow ->
                        arrow + " crosses a wall: " + arrow.from() + " may see " + ARROWS.get(below(arrow.from())));
    }

    private static boolean isOurs(String packageName) {
        return packageName.equals(ROOT) || packageName.startsWith(ROOT + ".");
    }

    private static boolean mayISee(String from, String to) {
        return from.equals(ROOT) || ARROWS.getOrDefault(below(from), Set.of()).contains(below(to));
    }

    private static String below(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
    }

    static Stream<String> packagesWithoutAPlace(JavaClasses classes) {
        return classes.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> name.startsWith(ROOT + ".") && !ARROWS.containsKey(below(name)))
                .map(name -> name + " has no line in Walls.ARROWS: what may it see?");
    }

    /** A library that the table does not name may still be seen by one package only. */
    static Stream<String> librariesSeenFromElsewhere(JavaClasses classes) {
        Map<String, Set<String>> seenBy = new TreeMap<>();
        Map<String, String> places = new HashMap<>();
        Dependencies.between(classes)
                .filter(arrow -> isOurs(arrow.from()) && isLibrary(arrow.to()))
                .forEach(arrow -> {
                    seenBy.computeIfAbsent(library(arrow.to()), name -> new TreeSet<>())
                            .add(arrow.from());
                    places.put(library(arrow.to()) + " " + arrow.from(), arrow.toString());
                });
        return seenBy.entrySet().stream()
                .filter(seen -> seen.getValue().size() > 1
                        || !LIBRARIES
                                .getOrDefault(
                                        seen.getKey(),
                                        seen.getValue().iterator().next())
                                .equals(seen.getValue().iterator().next()))
                .map(seen -> seen.getKey() + "* is seen by " + seen.getValue() + ": "
                        + seen.getValue().stream()
                                .map(from -> places.get(seen.getKey() + " " + from))
                                .toList());
    }

    private static boolean isLibrary(String packageName) {
        boolean jdk = Stream.of("java.", "javax.sql", "jdk.jfr").anyMatch(packageName::startsWith);
        return !jdk && !packageName.startsWith("io.dtx") && !packageName.startsWith("org.jspecify.");
    }

    private static String library(String packageName) {
        String name = packageName + ".";
        return LIBRARIES.keySet().stream().filter(name::startsWith).findFirst().orElseGet(() -> {
            int second = name.indexOf('.', name.indexOf('.') + 1);
            return name.substring(0, second + 1);
        });
    }

    static Stream<String> fileLogSeesMoreThanFiles(JavaClasses classes) {
        return Dependencies.between(classes)
                .filter(arrow -> arrow.from().equals(ROOT + ".log.file"))
                .filter(arrow -> NOT_FILES.stream().anyMatch((arrow.to() + ".")::startsWith))
                .map(arrow -> arrow + ": the file log knows files only");
    }
}
