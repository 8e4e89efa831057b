package io.dtx.tidy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For every rule, by its name, small repositories that break it and no other rule. */
final class PlantedViolations {
    private static final String RUNTIME = "dtx-runtime/src/main/java/io/dtx/runtime/log/";
    private static final String TEST = "dtx-runtime/src/test/java/io/dtx/runtime/log/";
    private static final String API = "dtx-api/src/main/java/io/dtx/";
    private static final String HEADER = "package io.dtx.runtime.log;\n\n";

    private static final String SHARED_ROW = "| `log.A` | lone | `ATest` |\n";

    /**
     * A repository with something in it.
     *
     * @param what is wrong with it
     * @param files path to content
     */
    record Plant(String what, Map<String, String> files) {}

    static final Map<String, List<Plant>> BY_RULE = Map.ofEntries(
            Map.entry(
                    "main files are small",
                    List.of(
                            runtime("a file that is the median", HEADER + "class Planted {}\n" + "\n".repeat(80)),
                            files("a tenth of large files", manyFiles(251)),
                            files("one that is too large", manyFiles(501)))),
            Map.entry(
                    "every package says what lives in it",
                    List.of(
                            files(
                                    "no package-info",
                                    Map.of(RUNTIME + "file/A.java", "package io.dtx.runtime.log.file;\n")),
                            files(
                                    "no @NullMarked",
                                    Map.of(
                                            RUNTIME + "package-info.java",
                                            "/** Log. */\npackage io.dtx.runtime.log;\n")),
                            files(
                                    "no comment",
                                    Map.of(
                                            RUNTIME + "package-info.java",
                                            "@NullMarked\npackage io.dtx.runtime.log;\n")))),
            Map.entry(
                    "a package is in one module",
                    List.of(files(
                            "the runtime's log in the API as well",
                            Map.of(
                                    RUNTIME + "package-info.java",
                                    packageInfo("io.dtx.runtime.log"),
                                    API + "runtime/log/package-info.java",
                                    packageInfo("io.dtx.runtime.log"))))),
            Map.entry(
                    "packages of a module have no import cycles",
                    List.of(files(
                            "a cycle of two",
                            Map.of(
                                    RUNTIME + "package-info.java",
                                    packageInfo("io.dtx.runtime.log"),
                                    RUNTIME + "A.java",
                                    HEADER + "import io.dtx.runtime.log.file.B;\n",
                                    RUNTIME + "file/package-info.java",
                                    packageInfo("io.dtx.runtime.log.file"),
                                    RUNTIME + "file/B.java",
                                    "package io.dtx.runtime.log.file;\n\nimport io.dtx.runtime.log.A;\n")))),
            Map.entry(
                    "public types and members have a comment",
                    List.of(
                            api("a type", "public final class Planted {}"),
                            api("a method", "/** It. */\npublic final class Planted {\n    public void run() {}\n}"),
                            api("a constructor", "/** It. */\npublic class Planted {\n    protected Planted() {}\n}"),
                            api("an enum constant", "/** It. */\npublic enum Planted {\n    ONE\n}"),
                            api(
                                    "an annotation's member",
                                    "/** It. */\npublic @interface Planted {\n    String name();\n}"),
                            api("a nested type", "/** It. */\npublic interface Planted {\n    record Inner() {}\n}"))),
            Map.entry(
                    "links in documents lead somewhere",
                    List.of(
                            files("a file", Map.of("README.md", "see [the guide](docs/guide.md)\n")),
                            files("a heading", Map.of("README.md", "# dtx\n\nsee [below](#what-is-promised)\n")))),
            Map.entry(
                    "every message code is documented",
                    List.of(files(
                            "one of two",
                            Map.of(
                                    RUNTIME + "package-info.java",
                                    packageInfo("io.dtx.runtime.log"),
                                    RUNTIME + "A.java",
                                    HEADER
                                            + "class A {\n    String a = \"DTX-3001 x\";\n    String b = \"DTX-3002\";\n}\n",
                                    "docs/messages.md",
                                    "`DTX-3002`: b\n")))),
            Map.entry(
                    "what threads share is listed, and how it is shown",
                    List.of(
                            shared("a class that is not listed", ""),
                            shared("one that is listed twice", SHARED_ROW + SHARED_ROW),
                            shared("one that shares nothing", SHARED_ROW + "| `log.B` | lone | `ATest` |\n"),
                            shared("a test that is not there", "| `log.A` | lone | `BTest` |\n"),
                            shared("a reason of its own", "| `log.A` | fine | `ATest` |\n"),
                            shared("no Lincheck", "| `log.A` | Lincheck | `ATest` |\n"),
                            shared("no schedules", "| `log.A` | schedules | `ATest` |\n"))),
            Map.entry(
                    "a message code has one meaning",
                    List.of(
                            files(
                                    "said in two packages",
                                    Map.of(
                                            RUNTIME + "package-info.java",
                                            packageInfo("io.dtx.runtime.log"),
                                            RUNTIME + "A.java",
                                            HEADER + "class A {\n    String a = \"DTX-3001 x\";\n}\n",
                                            RUNTIME + "../net/package-info.java",
                                            packageInfo("io.dtx.runtime.net"),
                                            RUNTIME + "../net/B.java",
                                            "package io.dtx.runtime.net;\n\nclass B {\n    String b = \"DTX-3001 y\";\n}\n")),
                            files("an entry of nobody", Map.of("docs/messages.md", "| DTX-3001 | a | b |\n")),
                            files(
                                    "two entries",
                                    Map.of("docs/messages.md", "| DTX-P001 | a | b |\n| DTX-P001 | c | d |\n")))),
            Map.entry(
                    "api and runtime bring no third-party jar",
                    List.of(
                            files("in the api", Map.of("dtx-api/pom.xml", dependency("org.slf4j", ""))),
                            files(
                                    "in the runtime",
                                    Map.of(
                                            "dtx-runtime/pom.xml",
                                            dependency("io.dtx", "")
                                                    + dependency("org.a", "<scope>runtime</scope>"))))),
            Map.entry(
                    "names say what a type holds",
                    List.of(
                            runtime("a class", HEADER + "final class LogManager {}\n"),
                            runtime("an interface", HEADER + "final class A {\n    interface ByteUtils {}\n}\n"),
                            test("a record of a test", HEADER + "record SegmentHelper() {}\n"),
                            runtime("an implementation", HEADER + "class CoordinatorImpl {}\n"))),
            Map.entry(
                    "the runtime locks with ReentrantLock",
                    List.of(
                            runtime("a method", HEADER + "class A {\n    synchronized void a() {}\n}\n"),
                            runtime("a block", HEADER + "class A {{\n    synchronized (this) { }\n}}\n"))),
            Map.entry(
                    "tests wait for conditions",
                    List.of(
                            test("a thread", HEADER + "class A {{\n    Thread.sleep(10);\n}}\n"),
                            test("a unit", HEADER + "class A {{\n    SECONDS.sleep(1);\n}}\n"))),
            Map.entry(
                    "no test is switched off",
                    List.of(
                            test("JUnit 5", HEADER + "class A {\n    @Test\n    @Disabled\n    void a() {}\n}\n"),
                            test("JUnit 4", HEADER + "@Ignore(\"slow\")\nclass A {}\n"))),
            Map.entry(
                    "no exception is swallowed silently",
                    List.of(
                            runtime("on one line", HEADER + "class A {{\n    try { } catch (Exception e) {}\n}}\n"),
                            test("on two", HEADER + "class A {{\n    try { } catch (A | B e) {\n    }\n}}\n"))),
            Map.entry(
                    "nothing depends on the order of enum constants",
                    List.of(
                            runtime("a call", HEADER + "class A {{\n    out.writeByte(status.ordinal());\n}}\n"),
                            runtime(
                                    "in the enum",
                                    HEADER + "enum A {\n    B;\n\n    byte tag = (byte) ordinal();\n}\n"),
                            runtime("a reference", HEADER + "class A {{\n    sort(comparing(Enum::ordinal));\n}}\n"))),
            Map.entry(
                    "Java serialization is not used",
                    List.of(
                            runtime("a stream", HEADER + "import java.io.ObjectInputStream;\n"),
                            runtime("a type", HEADER + "class A implements java.io.Serializable {}\n"))),
            Map.entry(
                    "nothing is left for later",
                    List.of(
                            runtime("in code", HEADER + "// TO" + "DO: close it\n"),
                            files("in a build file", Map.of("pom.xml", "<!-- FIX" + "ME -->\n")),
                            runtime("an author", HEADER + "/** @auth" + "or me */\nclass A {}\n"))),
            Map.entry(
                    "no tab, no trailing blank",
                    List.of(
                            runtime("a tab", HEADER + "class A {\n\tint a;\n}\n"),
                            files("a trailing blank", Map.of("README.md", "dtx \n")),
                            files("at the end", Map.of("docs/a.md", "dtx ")),
                            files("a carriage return", Map.of("docs/b.md", "dtx\r\n")))));

    /** Words of the rules, where they mean no harm. */
    static final Plant INNOCENT = files(
            "nothing",
            Map.of(
                    RUNTIME + "package-info.java",
                    packageInfo("io.dtx.runtime.log"),
                    RUNTIME + "StepEntityManager.java",
                    HEADER + """
                    /** Not synchronized, no ObjectInputStream, no LogManager: see {@link Enum#ordinal()}. */
                    final class StepEntityManager {
                        String text = "synchronized class LogManager { catch (Exception e) {} }";
                        // catch (Exception e) {}
                        int ordinal = payload.ordinal();
                        void close() {
                            try {
                                text = "'";
                            } catch (RuntimeException e) {
                                // Closed already: nothing is left to do.
                            }
                        }
                    }
                    """,
                    API + "package-info.java",
                    packageInfo("io.dtx"),
                    API + "Planted.java",
                    """
                    package io.dtx;

                    /** It. */
                    public final class Planted implements Runnable {
                        /** One of it. */
                        public Planted() {}

                        @Override
                        public void run() {}

                        void internal() {}

                        private static final class Inner {
                            public void run() {}
                        }
                    }
                    """,
                    "README.md",
                    "# dtx: 1st steps\n\nsee [there](https://example.org), [here](#dtx-1st-steps),"
                            + " [docs](docs/a.md#more)\n\n```\n[a](nowhere)\n```\n",
                    "docs/a.md",
                    "## More\n",
                    SharedState.LIST,
                    "Nobody.\n",
                    "dtx-runtime/pom.xml",
                    dependency("io.dtx", "")
                            + dependency("org.a", "<optional>true</optional>")
                            + dependency("org.b", "<scope>test</scope>"),
                    "dtx-processor/src/test/resources/bad/Tabs.java",
                    "\tclass TO" + "DO {} \n"));

    private PlantedViolations() {}

    private static Plant files(String what, Map<String, String> files) {
        return new Plant(what, files);
    }

    private static Plant shared(String what, String rows) {
        return files(
                what,
                Map.of(
                        RUNTIME + "package-info.java",
                        packageInfo("io.dtx.runtime.log"),
                        RUNTIME + "A.java",
                        HEADER + "class A {\n    private volatile int a;\n}\n",
                        TEST + "ATest.java",
                        HEADER + "class ATest {}\n",
                        SharedState.LIST,
                        rows));
    }

    private static Plant runtime(String what, String java) {
        return withPackage(what, RUNTIME, "io.dtx.runtime.log", java);
    }

    private static Plant test(String what, String java) {
        return withPackage(what, TEST, "io.dtx.runtime.log", java);
    }

    private static Plant api(String what, String java) {
        return withPackage(what, API, "io.dtx", "package io.dtx;\n\n" + java + "\n");
    }

    private static Plant withPackage(String what, String directory, String name, String java) {
        return files(
                what, Map.of(directory + "package-info.java", packageInfo(name), directory + "Planted.java", java));
    }

    private static String dependency(String group, String more) {
        return "<dependency>\n  <groupId>" + group + "</groupId>\n" + more + "</dependency>\n";
    }

    private static Map<String, String> manyFiles(int linesOfTheLargest) {
        Map<String, String> files = new HashMap<>();
        files.put(RUNTIME + "package-info.java", packageInfo("io.dtx.runtime.log"));
        int large = linesOfTheLargest > 500 ? 1 : 2;
        for (int i = 0; i < 11; i++) {
            int lines = i < large ? linesOfTheLargest : 10;
            files.put(RUNTIME + "Planted" + i + ".java", HEADER + "\n".repeat(lines - 2));
        }
        return files;
    }

    private static String packageInfo(String name) {
        return "/** What lives here. */\n@NullMarked\npackage " + name + ";\n";
    }
}
