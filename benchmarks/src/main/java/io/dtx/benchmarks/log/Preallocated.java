package io.dtx.benchmarks.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file whose blocks are all written before anything is measured, so that forcing it forces data only. */
final class Preallocated {

    private static final int BLOCK = 1 << 20;

    private Preallocated() {}

    static FileChannel open(Path file, long bytes) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
        for (long position = 0; position < bytes; position += BLOCK) {
            zeros.clear();
            write(channel, zeros, position);
        }
        channel.force(true);
        return channel;
    }

    static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
