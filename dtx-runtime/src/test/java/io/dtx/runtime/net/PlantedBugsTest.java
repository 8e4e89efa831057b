package io.dtx.runtime.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One place of the sources is changed, and the test that is there for it fails. */
class PlantedBugsTest {

    private static final Path MAIN = Path.of("src/main/java/io/dtx/runtime/net");
    private static final String PACKAGE = "io.dtx.runtime.net.";

    /** A change, and the test that must notice. */
    private enum Bug {
        FRAMES_OF_ANY_LENGTH(
                "Frame",
                "if (length < HEAD_BYTES || length > BYTES_MAX) {",
                "if (length < HEAD_BYTES) {",
                StrangersTest.class,
                "a_frame_above_the_cap"),
        PARSES_BEHIND_A_REFUSED_HELLO(
                "Hello",
                "if (cluster != 0 && ownCluster != 0 && cluster != ownCluster) {",
                "if (cluster != 0 && ownCluster == 0) {",
                StrangersTest.class,
                "requests_in_the_same_breath_as_a_refused_hello_are_not_looked_at"),
        ROLE_FROM_THE_PEERS_OWN_WORDS(
                "ServerLink",
                "if (certified != null && certified.role() != hello.role()) {",
                "if (certified == null && hello.role() == null) {",
                StrangersTest.class,
                "a_role_that_the_certificate_does_not_give"),
        ANYBODY_POSES_AS_A_MEMBER(
                "ClientLink",
                "if (peer != null && peer.role() != Role.MEMBER) {",
                "if (peer != null && peer.role() == null) {",
                StrangersTest.class,
                "an_applications_certificate_is_of_no_use_to_pose_as_a_member"),
        EVERY_SERVICE_FOR_EVERY_ROLE(
                "Service",
                "return callers.contains(role);",
                "return !callers.isEmpty();",
                StrangersTest.class,
                "a_service_that_is_not_for_the_role_is_refused_and_the_connection_goes_on"),
        ANSWERS_BY_ORDER(
                "Calls",
                "Call call = open.remove(id);",
                "Call call = open.remove(open.keySet().stream().sorted().findFirst().orElse(id));",
                RequestsTest.class,
                "answers_in_another_order_reach_their_requests"),
        LOST_MEANS_NOT_SENT(
                "Calls",
                "call.markWritten();",
                "open.size();",
                RequestsTest.class,
                "a_lost_connection_leaves_what_was_sent_unknown_and_the_next_request_makes_a_new_one"),
        EVERY_COMPLAINT_IS_SAID(
                "Complaints",
                "if (now - before.at < PERIOD_NANOS) {",
                "if (now - before.at < 0) {",
                StrangersTest.class,
                "plain_text_at_a_tls_port"),
        NO_COUNT_OF_CONNECTIONS(
                "Admission",
                "byAddress.put(peer, ofPeer + 1);",
                "byAddress.put(peer, 1);",
                LimitsTest.class,
                "an_address_has_so_many_connections_and_more_are_closed_unheard"),
        BUFFERS_ARE_LOST(
                "Link",
                "case PING -> send(Frame.pong(frame.id()));",
                "case PING -> network.allocator().buffer(64);",
                LimitsTest.class,
                "idle_connections_of_living_processes_stay");

        private final String type;
        private final String find;
        private final String replacement;
        private final Class<?> noticing;
        private final String test;

        Bug(String type, String find, String replacement, Class<?> noticing, String test) {
            this.type = type;
            this.find = find;
            this.replacement = replacement;
            this.noticing = noticing;
            this.test = test;
        }
    }

    @TestFactory
    Stream<DynamicTest> a_planted_bug_is_noticed() {
        return Arrays.stream(Bug.values())
                .map(bug -> DynamicTest.dynamicTest(
                        bug.name(),
                        () -> assertThat(impatiently(bug))
                                .as(bug.test)
                                .isInstanceOfAny(AssertionError.class, IOException.class)));
    }

    @TestFactory
    Stream<DynamicTest> without_a_bug_the_same_tests_pass() {
        return Arrays.stream(Bug.values())
                .filter(bug -> bug == Bug.FRAMES_OF_ANY_LENGTH || bug == Bug.ANSWERS_BY_ORDER)
                .map(bug -> DynamicTest.dynamicTest(
                        bug.test, () -> assertThat(run(bug, bug.find)).isNull()));
    }

    /** What a bug prevents is not waited for as long as usual. */
    private static Throwable impatiently(Bug bug) throws ReflectiveOperationException, IOException {
        System.setProperty("dtx.net.patience", "5");
        try {
            return run(bug, bug.replacement);
        } finally {
            System.clearProperty("dtx.net.patience");
        }
    }

    /** Runs the test in classes of its own; returns what it throws, or null. */
    private static Throwable run(Bug bug, String replacement) throws ReflectiveOperationException, IOException {
        Path file = MAIN.resolve(bug.type + ".java");
        String source = Files.readString(file);
        if (source.indexOf(bug.find) < 0 || source.indexOf(bug.find) != source.lastIndexOf(bug.find)) {
            throw new IllegalStateException("adapt the planted bug to " + file + ": " + bug.find);
        }
        ClassLoader loader = load(compile(bug.type, source.replace(bug.find, replacement)));
        Class<?> test = loader.loadClass(bug.noticing.getName());
        Constructor<?> constructor = test.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        try {
            invoke(test, instance, bug.test);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } finally {
            for (Method each : test.getDeclaredMethods()) {
                if (each.isAnnotationPresent(AfterEach.class)) {
                    invokeQuietly(each, instance);
                }
            }
        }
    }

    private static void invoke(Class<?> test, Object instance, String name) throws ReflectiveOperationException {
        Method method = test.getDeclaredMethod(name);
        method.setAccessible(true);
        method.invoke(instance);
    }

    private static void invokeQuietly(Method method, Object instance) throws ReflectiveOperationException {
        try {
            method.setAccessible(true);
            method.invoke(instance);
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isInstanceOf(AssertionError.class); // the bug shows there, too
        }
    }

    private static Map<String, byte[]> compile(String type, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        try (JavaFileManager files =
                new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                return classes.computeIfAbsent(name, unused -> new ByteArrayOutputStream());
                            }
                        };
                    }
                }) {
            JavaFileObject file =
                    new SimpleJavaFileObject(URI.create("memory:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return source;
                        }
                    };
            List<String> options =
                    List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(null, files, null, options, null, List.of(file))
                    .call()) {
                throw new IllegalStateException("a planted bug in " + type + " does not compile");
            }
        }
        Map<String, byte[]> result = new HashMap<>();
        classes.forEach((name, bytes) -> result.put(name, bytes.toByteArray()));
        return result;
    }

    private static ClassLoader load(Map<String, byte[]> changed) {
        return new ClassLoader(PlantedBugsTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith(PACKAGE)) {
                    return super.loadClass(name, resolve);
                }
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded != null ? loaded : define(name);
                }
            }

            private Class<?> define(String name) throws ClassNotFoundException {
                byte[] bytes = changed.containsKey(name) ? changed.get(name) : original(name);
                return defineClass(name, bytes, 0, bytes.length);
            }

            private byte[] original(String name) throws ClassNotFoundException {
                try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    if (in == null) {
                        throw new ClassNotFoundException(name);
                    }
                    return in.readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
