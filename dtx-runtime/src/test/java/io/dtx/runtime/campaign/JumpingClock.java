package io.dtx.runtime.campaign;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The wall clock of a process and of all that it starts, as a library in front of theirs tells it ({@code clock/clock.c}): it jumps
 * by up to a day in either direction, several times a second. The monotonic clock is left alone, as by a real clock that somebody
 * sets.
 */
final class JumpingClock implements AutoCloseable {

    private static final String SOURCE = "/clock/clock.c";
    private static final int DAY_SECONDS = 86_400;
    private static final int PAUSE_MILLIS = 300;
    private static final long COMPILE_SECONDS_MAX = 60;

    private final Path file;
    private final Path library;
    private final Random random;
    private final Thread thread = new Thread(this::run, "jumping clock");

    /**
     * Jumps from now on.
     *
     * @param file what says how far, with the library beside it
     */
    JumpingClock(Path file, long seed) throws IOException, InterruptedException {
        this.file = file.toAbsolutePath();
        this.library = compile(this.file.resolveSibling(file.getFileName() + ".so"));
        this.random = new Random(seed);
        Files.write(this.file, new byte[Long.BYTES]);
        jump();
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns whether there is what makes the library. */
    static boolean isPossible() {
        return Files.exists(Path.of("/proc/self/exe"))
                && Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "cc")));
    }

    private static Path compile(Path library) throws IOException, InterruptedException {
        Path source = library.resolveSibling(library.getFileName() + ".c");
        try (InputStream in = Objects.requireNonNull(JumpingClock.class.getResourceAsStream(SOURCE))) {
            Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
        }
        Process compiler = new ProcessBuilder(
                        "cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                .inheritIO()
                .start();
        if (!compiler.waitFor(COMPILE_SECONDS_MAX, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
            throw new IllegalStateException("cc does not compile " + source);
        }
        return library;
    }

    /** Returns what a process has to have in its environment. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "DTX_CLOCK_FILE", file.toString());
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

    /** In place, for it is mapped. */
    private void jump() throws IOException {
        int seconds = random.nextInt(2 * DAY_SECONDS) - DAY_SECONDS;
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        bytes.putLong(seconds).flip();
        boolean interrupted = Thread.interrupted(); // it would close the channel
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(bytes, 0);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
