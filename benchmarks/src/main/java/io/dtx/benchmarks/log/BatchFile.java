package io.dtx.benchmarks.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A ring in one preallocated file that takes batches: one write and one force for each. One thread at a time. */
public final class BatchFile implements AutoCloseable {

    private final FileChannel channel;
    private final long fileBytes;
    private long position;

    /** Makes the file and writes all of its blocks. */
    public BatchFile(Path file, long fileBytes) throws IOException {
        this.fileBytes = fileBytes;
        this.channel = Preallocated.open(file, fileBytes);
    }

    /** Returns once the bytes are on the disk. */
    public void append(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        if (position + length > fileBytes) {
            position = 0;
        }
        Preallocated.write(channel, bytes, position);
        position += length;
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
