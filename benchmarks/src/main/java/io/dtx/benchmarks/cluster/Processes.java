package io.dtx.benchmarks.cluster;

import io.dtx.benchmarks.load.Forked;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Processes that listen on ports of this machine, until they are closed. */
final class Processes implements AutoCloseable {

    private final List<Process> running = new ArrayList<>();
    private final List<BufferedReader> outputs = new ArrayList<>();

    /** Starts one, and returns the port that it prints once it listens. */
    int start(Class<?> main, String... arguments) throws IOException {
        Process process = Forked.start(main, arguments);
        running.add(process);
        BufferedReader out = process.inputReader();
        outputs.add(out);
        String port = out.readLine();
        if (port == null) {
            throw new IOException(main.getSimpleName() + " did not start");
        }
        return Integer.parseInt(port);
    }

    /** Sends each a line; returns the line with which each answers. */
    List<String> ask(String line) throws IOException {
        for (Process each : running) {
            each.outputWriter().write(line + System.lineSeparator());
            each.outputWriter().flush();
        }
        List<String> answers = new ArrayList<>();
        for (BufferedReader each : outputs) {
            answers.add(each.readLine());
        }
        return answers;
    }

    long cpuNanos() {
        return running.stream()
                .mapToLong(each ->
                        each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    @Override
    public void close() throws IOException {
        for (Process each : running) {
            each.destroyForcibly();
        }
        for (Process each : running) {
            each.onExit().join();
        }
    }
}
