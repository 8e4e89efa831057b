package io.dtx.examples.conformance.weld;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application with dtx in a class loader of its own, deployed again and again beneath one Weld, as servers do it. */
class RedeploymentTest {

    private static final int DEPLOYMENTS = 20;
    private static final Pattern DEPLOYMENT =
            Pattern.compile("(/dtx-(api|runtime|cdi|conformance-(suite|bytecode))-[^/]*[.]jar"
                    + "|/(dtx-api|dtx-runtime|dtx-cdi|suite|bytecode)/target/.*classes/?)$");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    Path directory;

    @Test
    void nothing_is_left_of_twenty_deployments() throws Exception {
        List<WeakReference<ClassLoader>> deployed = new ArrayList<>();
        System.setProperty("conformance.directory", directory.toString());
        try (URLClassLoader server =
                new URLClassLoader(entries(entry -> !isOfDeployment(entry)), ClassLoader.getPlatformClassLoader())) {
            // Weld and H2 keep exceptions, made once, with the classes of whoever uses them first.
            deployAndUndeploy(server, true);
            for (int i = 0; i < DEPLOYMENTS; i++) {
                deployed.add(deployAndUndeploy(server, false));
            }
            // The JDK keeps what was linked last: let that be of another deployment.
            deployAndUndeploy(server, false);
            assertThat(left(deployed)).as("class loaders of deployments").isZero();
        } finally {
            System.clearProperty("conformance.directory");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("dtx"));
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(ClassLoader server, boolean first) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader deployment = new URLClassLoader(entries(RedeploymentTest::isOfDeployment), server)) {
            thread.setContextClassLoader(deployment);
            deployment
                    .loadClass("io.dtx.examples.conformance.CdiSe")
                    .getMethod("order", boolean.class, String.class)
                    .invoke(null, first, Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY); // the hook keeps the class loader
            return new WeakReference<>(deployment);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Returns how many are still there, once the collector has had its time. */
    private static long left(List<WeakReference<ClassLoader>> loaders) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        long left;
        do {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            left = loaders.stream().filter(each -> each.get() != null).count();
        } while (left > 0 && System.nanoTime() - end < 0);
        return left;
    }

    private static boolean isOfDeployment(String entry) {
        return DEPLOYMENT.matcher(entry.replace(File.separatorChar, '/')).find();
    }

    private static URL[] entries(Predicate<String> wanted) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(wanted)
                .map(RedeploymentTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
