package io.dtx.runtime.log.file;

import io.dtx.runtime.campaign.Tally;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file system of its own, mounted below a directory (Linux, root): ext4 or xfs on a file, whose power can be cut and which can be
 * frozen, or one in memory, which can be full.
 */
public final class MountedDisk implements AutoCloseable {

    private static final int ATTEMPTS = 50;

    private static final long EXT4_BYTES = 64 << 20;
    private static final long XFS_BYTES = 320 << 20; // there is none below 300 MB; the file has holes
    private static final int PATIENCE_SECONDS = 60;

    private final Path directory;
    private final @Nullable Path image;

    private MountedDisk(Path directory, @Nullable Path image) {
        this.directory = directory;
        this.image = image;
    }

    /** Makes an ext4 file system; where that is not possible, the test is skipped. */
    static MountedDisk ext4(Path base) throws Exception {
        return onFile(base, "ext4", EXT4_BYTES);
    }

    /** Makes an xfs file system; where that is not possible, the test is skipped. */
    static MountedDisk xfs(Path base) throws Exception {
        return onFile(base, "xfs", XFS_BYTES);
    }

    private static MountedDisk onFile(Path base, String kind, long bytes) throws Exception {
        Path image = base.resolve("disk");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        MountedDisk disk = new MountedDisk(Files.createDirectories(base.resolve("mounted")), image);
        try {
            run("mkfs." + kind, "-q", image.toString());
            run("xfs_io", "-V");
            disk.mount();
            return disk;
        } catch (IOException e) {
            return Tally.skip("a file system of " + kind + " in a file needs Linux, root, mkfs." + kind
                    + " and xfs_io: " + e.getMessage());
        }
    }

    /** Makes a file system in memory; where that is not possible, the test is skipped. */
    public static MountedDisk ofMemory(Path base, long bytes) throws Exception {
        MountedDisk disk = new MountedDisk(Files.createDirectories(base.resolve("mounted")), null);
        try {
            run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", disk.directory.toString());
            return disk;
        } catch (IOException e) {
            return Tally.skip("a small file system in memory needs Linux and root: " + e.getMessage());
        }
    }

    /** Where it is mounted. */
    public Path directory() {
        return directory;
    }

    /** Whatever was not forced is lost, and nothing can be read or written before the next {@link #mountAgain}. */
    void cutPower() throws Exception {
        run("xfs_io", "-x", "-c", "shutdown", directory.toString());
    }

    /** Comes back after a power cut. Nothing may be open there. */
    void mountAgain() throws Exception {
        unmount(ATTEMPTS);
        mount();
    }

    /** Whatever looks at file systems, a process that is being started among it, keeps one busy for a moment. */
    private void unmount(int attempts) throws Exception {
        try {
            run("umount", directory.toString());
        } catch (IOException e) {
            if (attempts == 1) {
                throw e;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            unmount(attempts - 1);
        }
    }

    private void mount() throws Exception {
        run("mount", "-o", "loop", String.valueOf(image), directory.toString());
    }

    /** Writes and forces hang from now on. */
    void freeze() throws Exception {
        run("fsfreeze", "-f", directory.toString());
    }

    /** They go on. */
    void thaw() throws Exception {
        run("fsfreeze", "-u", directory.toString());
    }

    /** Gives one in memory another size. */
    public void resize(long bytes) throws Exception {
        run("mount", "-o", "remount,size=" + bytes, directory.toString());
    }

    /** Gives one in memory the size that leaves so many bytes free. */
    public void leave(long bytes) throws Exception {
        FileStore store = Files.getFileStore(directory);
        for (int attempt = 1; ; attempt++) {
            try {
                resize(store.getTotalSpace() - store.getUnallocatedSpace() + bytes);
                return;
            } catch (IOException e) { // more has been written meanwhile
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    /** Goes at once, and for good when nothing is open there any more. */
    @Override
    public void close() throws Exception {
        run("umount", "-l", directory.toString());
    }
}
