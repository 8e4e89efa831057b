package io.dtx.examples.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that can be killed, and stopped and continued. */
final class Child {
    private final String name;
    private final Process process;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts a JVM with this one's classes; what it says goes to the end of a file. */
    static Child java(String name, Path log, List<String> options, String main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it does not live long
                "-XX:+UseSerialGC",
                "-Xmx256m"));
        command.addAll(options);
        command.add(main);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new Child(name, builder.start());
    }

    /** Sends SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Sends SIGSTOP. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Sends SIGCONT. */
    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.toHandle().destroy(); // the process itself would also close what it reads and says
    }

    /** Ends its standard input. */
    void tellToEnd() throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.flush();
        }
    }

    /** Waits until it has ended; returns whether it did so in time, with exit code 0. */
    boolean hasEnded(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public String toString() {
        return name;
    }
}
