package io.dtx.examples.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows at its end, and that one process has open at a time. */
class LedgerFile implements AutoCloseable {

    private final FileChannel channel;

    /**
     * Opens it, or makes it.
     *
     * @throws IOException if it cannot be used, or another process has it open
     */
    LedgerFile(Path path) throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!isOurs(channel)) {
            channel.close();
            throw new IOException(path + " is open already");
        }
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) { // in this process
            return false;
        }
    }

    /** Returns everything that is in it. */
    ByteBuffer read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            continue;
        }
        return bytes.flip();
    }

    /** Writes at its end; that is on disk once it is {@linkplain #force forced}. */
    void append(ByteBuffer bytes) throws IOException {
        long end = channel.size();
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
    }

    /** Returns when everything that was written is on disk. */
    void force() throws IOException {
        channel.force(true);
    }

    /** Takes away what is behind a length. */
    void cut(long length) throws IOException {
        channel.truncate(length);
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
