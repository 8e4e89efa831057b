package io.dtx.runtime.log.file;

import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.RecordingReplica;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A process that appends to a log until it is killed, and prints the index of each entry once it is acknowledged. */
final class AppendingProcess {

    private static final int REFUSED = 3;

    private final Process process;
    private final BufferedReader output;

    private AppendingProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static void main(String[] arguments) {
        RecordingReplica replica = new RecordingReplica();
        FileLog log = Workload.log(Path.of(arguments[0]));
        try {
            log.start(replica);
        } catch (LogUnavailableException e) {
            System.out.println(e.getMessage());
            System.exit(REFUSED);
        }
        for (long index = replica.lastIndex() + 1; ; index++) {
            Workload.append(log, index);
            System.out.println(index);
        }
    }

    static AppendingProcess start(Path directory) throws IOException {
        return new AppendingProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start());
    }

    /** Waits for so many acknowledgements, kills the process, and returns the last index that it acknowledged. */
    long killAfter(int acknowledgements) throws IOException, InterruptedException {
        long last = 0;
        for (int i = 0; i < acknowledgements; i++) {
            String line = line();
            if (!line.matches("\\d+")) {
                throw new AssertionError("the process failed after entry " + last + ": " + line + rest());
            }
            last = Long.parseLong(line);
        }
        process.toHandle().destroyForcibly(); // Process.destroyForcibly would close its output before it is read
        process.waitFor();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(Long.toString(last + 1))) { // the kill may have torn the last line
                last++;
            }
        }
        return last;
    }

    /** Returns what the process said when it was refused the log. */
    String refusal() throws IOException, InterruptedException {
        String message = line();
        if (process.waitFor() != REFUSED) {
            throw new AssertionError("the process was not refused: " + message);
        }
        return message;
    }

    private String line() throws IOException, InterruptedException {
        String line = output.readLine();
        if (line == null) {
            throw new AssertionError("the process ended with " + process.waitFor());
        }
        return line;
    }

    private String rest() {
        return output.lines().collect(Collectors.joining("\n", "\n", ""));
    }
}
