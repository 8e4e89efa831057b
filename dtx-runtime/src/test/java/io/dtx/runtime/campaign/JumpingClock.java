package io.dtx.runtime.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The wall clock of a process and of all that it starts, which libfaketime reads from a file: it jumps by up to a day in either
 * direction, several times a second. The monotonic clock is left alone, as by a real clock that somebody sets.
 */
final class JumpingClock implements AutoCloseable {

    private static final int DAY_SECONDS = 86_400;
    private static final int PAUSE_MILLIS = 300;

    private final Path file;
    private final Random random;
    private final Thread thread = new Thread(this::run, "jumping clock");

    /** Jumps from now on. */
    JumpingClock(Path file, long seed) throws IOException {
        this.file = file;
        this.random = new Random(seed);
        jump();
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns what a process has to have in its environment. */
    Map<String, String> environment(Path library) {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1");
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(2 * PAUSE_MILLIS)));
                jump();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the clock cannot be set", e);
        }
    }

    private void jump() throws IOException {
        int seconds = random.nextInt(2 * DAY_SECONDS) - DAY_SECONDS;
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, (seconds < 0 ? "" : "+") + seconds + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
