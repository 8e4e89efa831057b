package io.dtx.runtime.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A JVM of its own, such as a {@link Worker}, as its parent sees it. */
public final class Fork {

    private static final long PATIENCE_SECONDS = 90;
    private static final int COMPLAINTS_MAX = 4_000;

    private final Process process;
    private final Path errors;
    private final List<String> lines = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition said = lock.newCondition();
    private final Thread reader;
    private boolean silent;

    private Fork(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reader = new Thread(this::read, "reader of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a worker; what it complains about is appended to a file in its directory. */
    static Fork start(Path directory, Map<String, String> settings) throws IOException {
        return start(Worker.class, directory, settings);
    }

    /**
     * Starts a program; what it complains about is appended to a file in its directory.
     *
     * @param settings its arguments, as {@code key=value}, beside {@code directory=}
     */
    public static Fork start(Class<?> program, Path directory, Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                "directory=" + directory));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        Path errors = directory.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        return new Fork(process, errors);
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                note(line, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            note("", true);
        }
    }

    private void note(String line, boolean last) {
        lock.lock();
        try {
            if (last) {
                silent = true;
            } else {
                lines.add(line);
            }
            said.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has said a line that begins like this. */
    public void awaitLine(String start) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (lines.stream().noneMatch(each -> each.startsWith(start))) {
                if (silent || left <= 0) {
                    throw new AssertionError("it never said " + start + " but " + lines + "; " + complaints(errors));
                }
                left = said.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends it a signal, such as STOP. */
    public void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }

    /** Waits for its end. */
    public Run await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it hangs after " + lines + "; " + complaints(errors));
        }
        reader.join();
        return new Run(process.exitValue(), List.copyOf(lines), errors);
    }

    private static String complaints(Path errors) {
        try {
            String text = Files.readString(errors);
            return "stderr ended with: " + text.substring(Math.max(0, text.length() - COMPLAINTS_MAX));
        } catch (IOException e) {
            return "stderr cannot be read: " + e;
        }
    }

    /**
     * A process that has ended.
     *
     * @param exit {@link Worker#HALTED} where it halted itself, 137 where it was killed
     * @param lines what it said
     * @param errors where its complaints are
     */
    public record Run(int exit, List<String> lines, Path errors) {

        public boolean said(String start) {
            return lines.stream().anyMatch(each -> each.startsWith(start));
        }

        /** Returns how it ended, for people. */
        public String end() {
            return "exit " + exit + " after " + lines + "; " + complaints(errors);
        }

        /** Returns what follows a line's first word, for all lines with this one. */
        public List<String> all(String word) {
            return lines.stream()
                    .filter(each -> each.startsWith(word + " "))
                    .map(each -> each.substring(word.length() + 1))
                    .toList();
        }
    }
}
