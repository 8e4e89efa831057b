package io.dtx.runtime.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a native image has to be told of the runtime: what it makes or looks up by name, found in its bytecode. */
class NativeImageTest {

    private static final String METADATA = "/META-INF/native-image/io.dtx/dtx-runtime/";
    private static final Pattern ENTRY =
            Pattern.compile("\"typeReachable\": \"([^\"]+)\"}, \"(?:interfaces|name)\": \\[?\"([^\"]+)\"");

    /** Their interfaces are those of a resource of the application, which has to tell them itself. */
    private static final Set<String> PROXIES_OF_APPLICATIONS = Set.of("HandleResource");

    /** What they look up is of the application: generated classes, constructors of beans, copies of a jar. */
    private static final Set<String> LOOKUPS_OF_APPLICATIONS =
            Set.of("ApiCopies", "Beans", "Generated", "LoadedClasses");

    private static final Map<String, String> LOOKUPS = new TreeMap<>(Map.of(
            "MicroProfileValues", "org.eclipse.microprofile.config.ConfigProvider",
            "FailedTransaction", "org.postgresql.core.BaseConnection"));

    @Test
    void every_class_that_makes_proxies_names_their_interfaces() throws Exception {
        Map<String, Set<String>> proxies = entries("proxy-config.json");
        Set<String> told = new TreeSet<>(proxies.keySet());
        told.addAll(PROXIES_OF_APPLICATIONS);

        assertThat(callers(Proxy.class, "newProxyInstance")).isEqualTo(told);
        for (Set<String> interfaces : proxies.values()) {
            for (String each : interfaces) {
                assertThat(Class.forName(each).isInterface()).as(each).isTrue();
            }
        }
    }

    @Test
    void the_methods_that_proxies_pass_on_can_be_called() throws Exception {
        Map<String, Set<String>> expected = entries("proxy-config.json");
        LOOKUPS.forEach((type, name) -> expected.put(type, Set.of(name)));

        assertThat(entries("reflect-config.json")).isEqualTo(expected);
    }

    @Test
    void every_class_that_looks_something_up_by_its_name_is_known() throws Exception {
        Set<String> found = new TreeSet<>();
        for (String each :
                Set.of("forName", "getDeclaredConstructors", "getConstructor", "getMethod", "getResources")) {
            found.addAll(callers(Class.class, each));
        }
        found.addAll(callers(Constructor.class, "newInstance"));
        found.addAll(callers(ClassLoader.class, "getResources"));
        Set<String> known = new TreeSet<>(LOOKUPS.keySet());
        known.addAll(LOOKUPS_OF_APPLICATIONS);

        assertThat(found).isEqualTo(known);
        for (String each : LOOKUPS.values()) {
            assertThat(isPresentOrOptional(each)).as(each).isTrue();
        }
    }

    @Test
    void methods_are_called_by_reflection_where_proxies_are_made_only() throws Exception {
        Set<String> makers = callers(Proxy.class, "newProxyInstance");
        makers.add("GuardedCalls"); // what is common to those of JDBC
        makers.add("FailedTransaction");

        assertThat(makers).containsAll(callers(Method.class, "invoke"));
    }

    @Test
    void the_configuration_file_is_in_the_image() throws Exception {
        assertThat(read("resource-config.json")).contains("META-INF/microprofile-config.properties");
        assertThat(callers(ClassLoader.class, "getResourceAsStream"))
                .containsExactlyInAnyOrder("DtxConfig", "LoadedClasses");
    }

    /** Returns what the metadata names for each class of ours, by its simple name. */
    private static Map<String, Set<String>> entries(String file) throws IOException {
        Map<String, Set<String>> entries = new TreeMap<>();
        Stream.of(read(file).split("\n")).map(ENTRY::matcher).forEach(line -> {
            if (line.find()) {
                String reachable = line.group(1);
                entries.computeIfAbsent(reachable.substring(reachable.lastIndexOf('.') + 1), any -> new TreeSet<>())
                        .add(line.group(2));
            }
        });
        return entries;
    }

    private static String read(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(NativeImageTest.class.getResourceAsStream(METADATA + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns the simple names of our classes, enclosing ones for nested ones, that call a method of the JDK. */
    private static Set<String> callers(Class<?> owner, String method) throws Exception {
        Set<String> callers = new TreeSet<>();
        runtime()
                .forEach(type -> type.getMethodCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isEquivalentTo(owner)
                                && call.getTarget().getName().equals(method))
                        .forEach(call -> callers.add(outermost(type.getName()))));
        return callers;
    }

    private static String outermost(String name) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        return simple.contains("$") ? simple.substring(0, simple.indexOf('$')) : simple;
    }

    private static boolean isPresentOrOptional(String type) {
        try {
            return Class.forName(type, false, NativeImageTest.class.getClassLoader()) != null;
        } catch (ClassNotFoundException e) {
            return type.startsWith("org.eclipse.microprofile.config."); // left off the tests' class path on purpose
        }
    }

    private static JavaClasses runtime() throws ClassNotFoundException, URISyntaxException {
        Class<?> anchor = Class.forName(Walls.ROOT + ".package-info");
        return Imported.of(Path.of(
                anchor.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }

    /** Read once: it takes a second. */
    private static final class Imported {
        private static JavaClasses classes;

        static synchronized JavaClasses of(Path place) {
            if (classes == null) {
                classes = new ClassFileImporter().importPath(place);
            }
            return classes;
        }
    }
}
