package io.dtx.examples.conformance;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs a container's program twice, each time in a JVM of its own, and returns what was to be seen. */
public final class Trial {

    /** Stands for the name of the part in a command line. */
    public static final String PART = "{part}";

    /** Lets the container register a pool of its own for one of the databases. */
    public static final String POOL_OF_CONTAINER = "-Dconformance.container.pools=stock";

    private static final long PATIENCE_SECONDS = 180;

    private final Path directory;
    private final List<String> command;

    /**
     * Runs a program.
     *
     * @param directory empty
     * @param program what follows {@code java} and its flags on the command line, with {@link #PART} for the part to run
     */
    public Trial(Path directory, List<String> program) {
        this.directory = directory;
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dconformance.directory=" + directory));
        this.command.addAll(program);
    }

    /** Runs the main class of a container with this JVM's class path. */
    public static Trial of(Path directory, Class<?> program) {
        return new Trial(directory, List.of("-cp", System.getProperty("java.class.path"), program.getName(), PART));
    }

    /** Returns the trace of the process that is killed and of the one after it. */
    public String trace() throws Exception {
        Databases.create(directory);
        run("first", Run.HALTED);
        Trace.say(directory, "-- killed");
        run("second", 0);
        return Trace.normalised(Files.readString(Trace.file(directory)));
    }

    /** Returns the trace of one process, which runs a part of its own to the end. */
    public String trace(String part) throws Exception {
        Databases.create(directory);
        run(part, 0);
        return Trace.normalised(Files.readString(Trace.file(directory)));
    }

    private void run(String part, int expected) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(command);
        arguments.replaceAll(each -> each.replace(PART, part));
        File said = directory.resolve(part + ".out").toFile();
        Process process = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!ended || process.exitValue() != expected) {
            throw new IllegalStateException("the " + part + " process "
                    + (ended ? "exited with " + process.exitValue() : "did not end") + " and said:\n"
                    + Files.readString(said.toPath()) + "\nThe trace:\n"
                    + (Files.exists(Trace.file(directory)) ? Files.readString(Trace.file(directory)) : "none"));
        }
    }

    /** Returns the trace that every container has. */
    public static String recorded() throws IOException {
        return recorded("trace.txt");
    }

    /**
     * Returns the trace of containers that intercept calls of their references only: another one where interceptors enter, which
     * then do not see what an object calls of itself.
     */
    public static String recordedOfReferences() throws IOException {
        String ofInterceptors = "trace-of-references.txt";
        return recorded(Trial.class.getResource(ofInterceptors) == null ? "trace.txt" : ofInterceptors);
    }

    private static String recorded(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Trial.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Says which container has passed, and its version, as its jar tells it. */
    public static void passed(String container, Class<?> library) {
        System.out.println("PASSED " + container + " " + library.getPackage().getImplementationVersion() + ", Java "
                + Runtime.version());
    }

    /** Says which container could not be tried, and why. */
    public static String skipped(String container, String reason) {
        String line = "SKIPPED " + container + ": " + reason;
        System.out.println(line);
        return line;
    }
}
