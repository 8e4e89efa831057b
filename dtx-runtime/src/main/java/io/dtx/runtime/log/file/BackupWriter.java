package io.dtx.runtime.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Writes a backup into a new file, which has its name only once it is whole and durable. Used by one thread.
 *
 * <pre>
 *   8  magic, DTXBAK and the version
 *   8  cluster        8  index        8  log time        8  wall clock, for people
 *   n  items: 1, length and bytes, number of payloads, of each index, ordinal, length and bytes; behind the last one 0
 *  32  SHA-256 of everything before
 * </pre>
 */
public final class BackupWriter implements Closeable {

    static final long MAGIC = 0x4454_5842_414B_0001L;
    static final int HEADER_BYTES = 5 * Long.BYTES;

    private final Path target;
    private final LogFiles files;
    private final LogFile file;
    private final MessageDigest digest = BackupFile.sha256();
    private long length;
    private boolean finished;

    private BackupWriter(Path target, LogFiles files, LogFile file) {
        this.target = target;
        this.files = files;
        this.file = file;
    }

    /**
     * Begins a file.
     *
     * @throws FileAlreadyExistsException if there is one of that name
     */
    public static BackupWriter create(Path target, BackupFile.Header header) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path directory = absolute.getParent();
        if (Files.exists(absolute) || directory == null) {
            throw new FileAlreadyExistsException(absolute.toString());
        }
        LogFiles files = new LogFiles(directory);
        BackupWriter writer = new BackupWriter(absolute, files, files.create(part(absolute)));
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putLong(header.cluster());
        bytes.putLong(header.index()).putLong(header.time()).putLong(header.wallClock());
        try {
            writer.add(bytes.array());
        } catch (IOException | RuntimeException | Error e) {
            writer.close();
            throw e;
        }
        return writer;
    }

    /** Adds the next bytes of the items. */
    public void add(byte[] bytes) throws IOException {
        digest.update(bytes);
        file.write(ByteBuffer.wrap(bytes), length);
        length += bytes.length;
    }

    /** Makes it durable and gives it its name; returns its length. */
    public long finish() throws IOException {
        byte[] sum = digest.digest();
        file.write(ByteBuffer.wrap(sum), length);
        file.force();
        file.close();
        files.rename(part(target), target.getFileName().toString());
        finished = true;
        return length + sum.length;
    }

    /** Deletes what is not finished. */
    @Override
    public void close() throws IOException {
        if (!finished) {
            file.close();
            files.delete(part(target));
        }
    }

    private static String part(Path target) {
        return target.getFileName() + ".part";
    }
}
