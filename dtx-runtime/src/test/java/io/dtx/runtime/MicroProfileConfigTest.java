package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that has SmallRye Config, in a class loader of its own: its sources, order and expressions are what counts. */
class MicroProfileConfigTest {

    @TempDir
    Path application;

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectory(application.resolve("META-INF"));
        Files.writeString(application.resolve("META-INF/microprofile-config.properties"), """
                dtx.log=memory
                dtx.retention=${kept.minutes}m
                kept.minutes=7
                dtx.transaction."OrderService.place".timeout=5s
                %production.dtx.close.wait=33s
                smallrye.config.profile=production
                dtx.log.dri=somewhere
                other.key=1
                """);
    }

    @Test
    void keys_come_through_the_applications_microprofile_config() throws Exception {
        Map<String, String> seen = inside(ReadsIt.class);

        assertThat(seen)
                .containsEntry("implementation", "io.smallrye.config")
                .containsEntry("dtx.log", "memory")
                .containsEntry("dtx.retention", "420000") // an expression, which only an implementation knows
                .containsEntry("dtx.close.wait", "33000") // of the profile
                .containsEntry("dtx.guard.retention", "86400000")
                .containsEntry("OrderService.place", "5000")
                .containsEntry("OrderService.cancel", "0");
    }

    @Test
    void a_system_property_wins_over_the_file_and_the_builder_over_both() throws Exception {
        System.setProperty("dtx.retention", "3m");
        System.setProperty("dtx.transaction.\"OrderService.cancel\".timeout", "9s");
        System.setProperty("dtx.guard.retention", "1h");
        try {
            assertThat(inside(ReadsIt.class))
                    .containsEntry("dtx.retention", "180000")
                    .containsEntry("OrderService.cancel", "9000")
                    .containsEntry("dtx.guard.retention", "86400000"); // the builder says 24h
        } finally {
            System.clearProperty("dtx.retention");
            System.clearProperty("dtx.transaction.\"OrderService.cancel\".timeout");
            System.clearProperty("dtx.guard.retention");
        }
    }

    @Test
    void an_unknown_key_is_a_warning_and_keys_of_others_are_none() throws Exception {
        assertThat(inside(ReadsIt.class))
                .containsEntry(
                        "warnings",
                        "[DTX-1012 configuration key dtx.log.dri means nothing to dtx; did you mean dtx.log.dir?]");
    }

    /** Has it run where the application's class path, dtx and SmallRye Config are, and nothing that other tests have loaded. */
    @SuppressWarnings("unchecked")
    private Map<String, String> inside(Class<? extends Supplier<Map<String, String>>> probe) throws Exception {
        List<URL> classPath = new ArrayList<>(List.of(url(application)));
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(url(Path.of(each)));
        }
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("microprofile.config")))) {
            for (Path each : jars.toList()) {
                classPath.add(url(each));
            }
        }
        ClassLoader outer = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Object inside =
                    loader.loadClass(probe.getName()).getDeclaredConstructor().newInstance();
            return ((Supplier<Map<String, String>>) inside).get();
        } finally {
            Thread.currentThread().setContextClassLoader(outer);
        }
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    /** Reads the configuration as a start does. */
    public static final class ReadsIt implements Supplier<Map<String, String>> {

        /** Is made inside. */
        public ReadsIt() {}

        @Override
        public Map<String, String> get() {
            DtxConfig[] read = new DtxConfig[1];
            List<String> warnings =
                    DtxConfigTest.warnings(() -> read[0] = DtxConfig.read(Map.of("dtx.guard.retention", "24h")));
            DtxConfig config = read[0];
            return Map.of(
                    "implementation",
                    org.eclipse.microprofile.config.ConfigProvider.getConfig()
                            .getClass()
                            .getPackageName(),
                    "dtx.log",
                    config.text(Setting.LOG),
                    "dtx.retention",
                    String.valueOf(config.millis(Setting.RETENTION)),
                    "dtx.close.wait",
                    String.valueOf(config.millis(Setting.CLOSE_WAIT)),
                    "dtx.guard.retention",
                    String.valueOf(config.millis(Setting.GUARD_RETENTION)),
                    "OrderService.place",
                    String.valueOf(config.transactionTimeoutMillis("OrderService.place")),
                    "OrderService.cancel",
                    String.valueOf(config.transactionTimeoutMillis("OrderService.cancel")),
                    "warnings",
                    warnings.toString());
        }
    }
}
