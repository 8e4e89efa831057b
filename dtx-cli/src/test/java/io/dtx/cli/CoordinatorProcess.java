package io.dtx.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code dtx coordinator} in a JVM of its own. */
final class CoordinatorProcess implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile(".*listens on port (\\d+).*");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final Path errors;
    private final int port;

    private CoordinatorProcess(Process process, Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        String first = out.readLine();
        Matcher listens = LISTENS.matcher(String.valueOf(first));
        if (!listens.matches()) {
            throw new AssertionError("it said " + first + "; " + Files.readString(errors));
        }
        this.port = Integer.parseInt(listens.group(1));
    }

    /** Starts it and waits until it listens. */
    static CoordinatorProcess start(Path directory, Path errors, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "coordinator",
                "--dir",
                directory.toString()));
        command.addAll(List.of(more));
        return new CoordinatorProcess(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                        .start(),
                errors);
    }

    int port() {
        return port;
    }

    /** Sends SIGTERM and returns the exit code. */
    int terminate() throws InterruptedException {
        process.toHandle().destroy(); // the process itself would also close what it has said
        return await();
    }

    /** Waits until it ends by itself, and returns the exit code. */
    int ended() throws InterruptedException {
        return await();
    }

    /** Sends SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    /** Returns what it said behind its first line. */
    List<String> rest() throws IOException {
        return out.lines().toList();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    private int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
