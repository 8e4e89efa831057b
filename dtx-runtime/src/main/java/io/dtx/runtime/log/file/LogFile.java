package io.dtx.runtime.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * An open file of the log. Reads and writes run on the calling thread and are plain system calls; the channel is an
 * asynchronous one only because a {@code FileChannel} closes itself when a thread that uses it is interrupted, and the threads
 * that come here are the application's. Thread-safe.
 */
class LogFile implements Closeable {

    private volatile Path path;
    private final AsynchronousFileChannel channel;

    LogFile(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        this.path = path;
        this.channel = AsynchronousFileChannel.open(path, options, CallingThread.INSTANCE, attributes);
    }

    final Path path() {
        return path;
    }

    /** The file has been renamed. */
    final void movedTo(Path renamed) {
        path = renamed;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Writes all that remains in the buffer: a write may take less than it is given. */
    final void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int written = writeSome(bytes, at);
            if (written <= 0) {
                throw new IOException(
                        "a write of " + bytes.remaining() + " bytes at " + at + " of " + path + " wrote nothing");
            }
            at += written;
        }
    }

    /** Writes at least one byte, as the operating system likes. */
    int writeSome(ByteBuffer bytes, long position) throws IOException {
        return await(channel.write(bytes, position));
    }

    /** Makes what was written durable; with the file's length, but not its times. */
    void force() throws IOException {
        channel.force(false);
    }

    /** Reads until the buffer is full or the file ends. */
    void read(ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = await(channel.read(into, at));
            if (count < 0) {
                return;
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static int await(Future<Integer> operation) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return operation.get();
                } catch (InterruptedException e) { // elsewhere than on Linux the operation may run behind our back
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
