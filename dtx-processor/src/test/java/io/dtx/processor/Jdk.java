package io.dtx.processor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JDK on this machine, whose javac runs in a process of its own with the processors on its processor path. */
record Jdk(Path home) {

    static final List<Path> PLACES =
            List.of(Path.of("/usr/lib/jvm"), Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"));

    static Jdk running() {
        return new Jdk(Path.of(System.getProperty("java.home")));
    }

    /** Finds a JDK by its version: where {@code JAVA_25_HOME} says, else in the usual places. */
    static Optional<Jdk> find(int version) throws IOException {
        String said = System.getenv("JAVA_" + version + "_HOME");
        if (said != null) {
            return Optional.of(new Jdk(Path.of(said)));
        }
        for (Path place : PLACES) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> homes = Files.list(place)) {
                    Optional<Path> found = homes.filter(home -> isVersion(home, version))
                            .sorted()
                            .findFirst();
                    if (found.isPresent()) {
                        return found.map(Jdk::new);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isVersion(Path home, int version) {
        try {
            Path release = home.resolve("release");
            return Files.isExecutable(home.resolve("bin/javac"))
                    && Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"" + version);
        } catch (IOException e) {
            return false;
        }
    }

    /** Compiles, and returns what javac said; an assertion error if it fails. */
    String javac(List<Path> sources, Path output, String... options) throws IOException, InterruptedException {
        String path = System.getProperty("java.class.path").replace(" ", "\\ ");
        List<String> arguments = new ArrayList<>(List.of(
                "--release", "17", "-parameters", "-d", output.toString(), "-s", output.toString(), "-cp", path));
        arguments.addAll(List.of("-processorpath", path));
        arguments.addAll(List.of(options));
        sources.forEach(source -> arguments.add(source.toString()));
        Path file = Files.write(output.resolve("arguments"), arguments, StandardCharsets.UTF_8);
        File said = output.resolve("said").toFile();
        Process process = new ProcessBuilder(home.resolve("bin/javac").toString(), "@" + file)
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                throw new AssertionError("javac of " + home + " does not end");
            }
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(said.toPath());
        if (process.exitValue() != 0) {
            throw new AssertionError("javac of " + home + " failed:\n" + text);
        }
        return text;
    }
}
