package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.testdb.H2Fixture;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.XADataSource;
import org.junit.jupiter.api.Test;

/** What ATOMIC transactions cost in jars, and that nobody else pays for them. */
class FootprintTest {

    private static final Pattern GATHERED = Pattern.compile(
            "(?:narayana-jta|agroal-api|agroal-pool|jboss-logging|jboss-transaction-spi|jakarta\\.transaction-api)-.*\\.jar");
    private static final Pattern OURS = Pattern.compile(".*/dtx-(?:api|runtime)/target/.*classes|.*/dtx-api-.*\\.jar");

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static boolean isGathered(Path jar) {
        return GATHERED.matcher(jar.getFileName().toString()).matches();
    }

    @Test
    void api_runtime_and_atomic_are_at_most_eight_jars_and_three_megabytes() throws IOException {
        List<Path> jars = classPath().stream().filter(FootprintTest::isGathered).toList();
        assertThat(new TreeSet<>(jars)).hasSize(6);
        long bytes = 0;
        for (Path each : jars) {
            bytes += Files.size(each);
        }
        List<Path> ours = classPath().stream()
                .filter(each -> OURS.matcher(each.toString()).matches()
                        && !each.toString().contains("test-classes"))
                .toList();
        assertThat(ours).hasSize(2);
        for (Path each : ours) {
            bytes += Files.isDirectory(each) ? zipped(each) : Files.size(each);
        }
        System.out.printf("FOOTPRINT %d jars, %d KB%n", jars.size() + ours.size(), bytes / 1024);
        assertThat(bytes).isLessThan(3 << 20);
        assertThat(Files.readString(Path.of("../dtx-atomic/pom.xml")).split("<dependency>"))
                .hasSize(6);
    }

    private static long zipped(Path classes) throws IOException {
        ByteArrayOutputStream counted = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(counted);
                Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
                Files.copy(each, (OutputStream) zip);
                zip.closeEntry();
            }
        }
        return counted.size();
    }

    @Test
    void sagas_run_without_any_of_the_jars_and_an_xa_resource_says_what_is_missing() throws Exception {
        List<URL> without = new ArrayList<>();
        for (Path each : classPath()) {
            if (!isGathered(each)) {
                without.add(each.toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(without.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> dtx = loader.loadClass("io.dtx.runtime.Dtx");
            Object builder = dtx.getMethod("builder").invoke(null);
            builder.getClass().getMethod("config", String.class, String.class).invoke(builder, "dtx.log", "memory");
            XADataSource h2 = Bank.xa(H2Fixture.freshDatabase());
            assertThatThrownBy(() -> builder.getClass()
                            .getMethod("xaResource", String.class, XADataSource.class)
                            .invoke(builder, "east", h2))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageStartingWith("DTX-3500")
                    .hasMessageContaining("dtx-atomic");
            Object built = builder.getClass().getMethod("build").invoke(builder);
            dtx.getMethod("start").invoke(built);
            java.util.concurrent.Callable<String> body = () -> "ran";
            Object answer = dtx.getMethod("call", String.class, java.util.concurrent.Callable.class)
                    .invoke(built, "saga", body);
            assertThat(answer).isEqualTo("ran");
            dtx.getMethod("close").invoke(built);
        }
    }
}
