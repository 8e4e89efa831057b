package io.dtx.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The programs under {@code good/}, compiled once by the running JDK's javac, for all tests that need them. */
final class GoodPrograms {

    /** What the compiler made of them, and where the classes and the generated sources are. */
    static final Program.Compiled COMPILED =
            Program.folder("good").javac(folder(), List.of(new DtxProcessor()), "-Xlint:all,-processing", "-Werror");

    static final ClassLoader LOADER = loader(COMPILED.output());

    private GoodPrograms() {}

    /** Returns a test for each exercise among compiled classes. */
    static Stream<DynamicTest> exercises(Path classes) {
        ClassLoader loader = loader(classes);
        List<Path> found = Program.files(classes, "Exercise.class");
        if (found.size() < 8) {
            throw new IllegalStateException("only " + found);
        }
        return found.stream().map(path -> {
            String name =
                    classes.relativize(path).toString().replace(".class", "").replace('/', '.');
            return DynamicTest.dynamicTest(name, () -> exercise(loader, name).run(new RecordingGateway()));
        });
    }

    static Exercise exercise(ClassLoader loader, String name) throws ReflectiveOperationException {
        return loader.loadClass(name)
                .asSubclass(Exercise.class)
                .getConstructor()
                .newInstance();
    }

    static ClassLoader loader(Path... folders) {
        try {
            URL[] urls = new URL[folders.length];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = folders[i].toUri().toURL();
            }
            return new URLClassLoader(urls, GoodPrograms.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a folder that is deleted with what is in it when the JVM ends. */
    static Path folder() {
        try {
            Path folder = Files.createTempDirectory("dtx-processor");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            System.err.println("cannot delete " + folder + ": " + e);
        }
    }
}
