package io.dtx.benchmarks.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bare disk: one thread that writes some bytes and forces them, again and again. */
public final class RawForce {

    private static final long FILE_BYTES = 16 << 20;

    private RawForce() {}

    /** Returns how many writes of a size a second are forced, in a file of its own in the directory. */
    public static double perSecond(Path directory, int bytes, long nanos) throws IOException {
        Path file = Files.createTempFile(directory, "raw", ".bin");
        try (FileChannel channel = Preallocated.open(file, FILE_BYTES)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
            long begun = System.nanoTime();
            long forces = 0;
            long position = 0;
            while (System.nanoTime() - begun < nanos) {
                buffer.clear().putLong(0, forces);
                Preallocated.write(channel, buffer, position);
                channel.force(false);
                forces++;
                position = position + 2L * bytes > FILE_BYTES ? 0 : position + bytes;
            }
            return forces * 1e9 / (System.nanoTime() - begun);
        } finally {
            Files.delete(file);
        }
    }
}
