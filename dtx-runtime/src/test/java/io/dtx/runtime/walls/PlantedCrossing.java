package io.dtx.runtime.walls;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** Small programs that cross a wall, or walk along one; each says which rules it breaks. */
enum PlantedCrossing {
    CYCLE_OF_TWO_PACKAGES(
            Set.of("packages form no cycles", "packages see what the design draws"),
            "package io.dtx.runtime.log; public class A { io.dtx.runtime.log.file.B b; }",
            "package io.dtx.runtime.log.file; public class B { io.dtx.runtime.log.A a; }"),
    UNKNOWN_PACKAGE(Set.of("every package has a place"), "package io.dtx.runtime.misc; class A {}"),
    PARTICIPANT_SEES_LOG(
            Set.of("packages see what the design draws"),
            "package io.dtx.runtime.participant; class A { Object b = io.dtx.runtime.log.B.b(); }",
            "package io.dtx.runtime.log; public class B { public static Object b() { return 1; } }"),
    A_PACKAGE_SEES_THE_ROOT(
            Set.of("packages see what the design draws"),
            "package io.dtx.runtime.invoke; class A { io.dtx.runtime.B[] b; }",
            "package io.dtx.runtime; public class B {}"),
    HIBERNATE_IN_THE_COORDINATOR(
            Set.of("a library is seen by one package"),
            "package io.dtx.runtime.coordinator; class A { Object a(org.hibernate.Session s) { return s; } }"),
    ENTITY_MANAGER_IN_THE_ENTRANCE(
            Set.of("a library is seen by one package"),
            "package io.dtx.runtime; class A { jakarta.persistence.EntityManager em; }"),
    XA_IN_THE_GATEWAY(
            Set.of("a library is seen by one package"),
            "package io.dtx.runtime.invoke; abstract class A implements javax.transaction.xa.Xid {}"),
    UNNAMED_LIBRARY_SEEN_BY_TWO(
            Set.of("a library is seen by one package"),
            "package io.dtx.runtime.invoke; class A { org.junit.jupiter.api.TestInfo i; }",
            "package io.dtx.runtime.coordinator; class B { org.junit.jupiter.api.TestInfo i; }"),
    SQL_IN_THE_FILE_LOG(
            Set.of("the file log knows files"), "package io.dtx.runtime.log.file; class A { java.sql.Connection c; }"),
    API_SERVICE_IN_THE_PROTOCOL(
            Set.of("the protocol knows values"),
            "package io.dtx.runtime.protocol; class A { Object a() { return io.dtx.StepContext.current(); } }"),
    FILES_IN_THE_PROTOCOL(
            Set.of("the protocol knows values", "the state has no clock, randomness, thread"),
            "package io.dtx.runtime.protocol; class A { java.nio.file.Path p; }"),
    CLOCK_IN_THE_PROTOCOL(
            Set.of("the state has no clock, randomness, thread"),
            "package io.dtx.runtime.protocol; class A { long a() { return System.nanoTime(); } }"),
    CLOCK_BY_REFERENCE(
            Set.of("the state has no clock, randomness, thread"),
            "package io.dtx.runtime.protocol; class A { java.util.function.LongSupplier a = System::currentTimeMillis; }"),
    RANDOM_KEY_IN_THE_PROTOCOL(
            Set.of("the state has no clock, randomness, thread"),
            "package io.dtx.runtime.protocol; class A { Object a = java.util.UUID.randomUUID(); }"),
    THREAD_IN_THE_STATE(
            Set.of("the state has no clock, randomness, thread"),
            "package io.dtx.runtime.coordinator; class CoordinatorState { void a() { Thread.currentThread(); } }"),
    LOCK_IN_THE_STATE(
            Set.of("the state has no clock, randomness, thread"),
            "package io.dtx.runtime.coordinator; class CoordinatorState { static class A {"
                    + " java.util.concurrent.locks.ReentrantLock a; } }"),
    CLOCK_IN_A_PART_OF_THE_STATE(
            Set.of("the state has no clock, randomness, thread"),
            "package io.dtx.runtime.coordinator; class CoordinatorState { B[] b; }",
            "package io.dtx.runtime.coordinator; class B { C c; }",
            "package io.dtx.runtime.coordinator; class C { long a = System.nanoTime(); }"),
    INEXACT_POWER_IN_THE_PROTOCOL(
            Set.of("the state has no clock, randomness, thread"),
            "package io.dtx.runtime.protocol; class A { double a = Math.pow(2, 0.5); }"),
    SALTED_ORDER_IN_THE_PROTOCOL(
            Set.of("the state has no clock, randomness, thread"),
            "package io.dtx.runtime.protocol; class A { Object a = java.util.Set.of(1, 2).iterator().next(); }"),
    NOW_IN_THE_STATE(
            Set.of("the state has no clock, randomness, thread"),
            "package io.dtx.runtime.coordinator; class CoordinatorState { Object a = java.time.Instant.now(); }"),
    NOTHING(
            Set.of(),
            "package io.dtx.runtime.protocol; public record A(io.dtx.TransactionId id, java.util.List<String> names) {"
                    + " static int tag(io.dtx.Recovery r) { return switch (r) { case FORWARD -> 2; default -> 1; }; }"
                    + " static Object none = java.util.Set.of(); static Object one = java.util.Map.of(1, 2);"
                    + " static void copy(byte[] a) { System.arraycopy(a, 0, a, 1, 1); }"
                    + " int hash() { return names.hashCode(); } }",
            "package io.dtx.runtime.log.file; class B { io.dtx.runtime.protocol.A a; java.nio.file.Path p; }",
            "package io.dtx.runtime.coordinator; class B { Thread t; long now = System.nanoTime(); }",
            "package io.dtx.runtime; class C { io.dtx.runtime.protocol.A a; }",
            "package io.dtx.runtime.participant.guard; class D { org.hibernate.Session s; javax.sql.DataSource d; }");

    private static final Pattern TYPE = Pattern.compile("package ([\\w.]+);.*?\\b(?:class|record) (\\w+)");

    private final Set<String> breaks;
    private final List<String> sources;

    PlantedCrossing(Set<String> breaks, String... sources) {
        this.breaks = breaks;
        this.sources = List.of(sources);
    }

    /** The names of the rules that must notice. */
    Set<String> breaks() {
        return breaks;
    }

    /** Compiles the sources into the directory and reads the classes. */
    JavaClasses compile(Path directory) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-proc:none",
                "-nowarn",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        for (String source : sources) {
            Matcher type = TYPE.matcher(source);
            if (!type.find()) {
                throw new IllegalArgumentException("no type in: " + source);
            }
            Path file = directory.resolve("src/" + type.group(1).replace('.', '/') + "/" + type.group(2) + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source).toString());
        }
        int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (exit != 0) {
            throw new IllegalStateException(name() + " does not compile: " + Arrays.toString(sources.toArray()));
        }
        return new ClassFileImporter().importPath(classes);
    }
}
