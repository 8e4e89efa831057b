package io.dtx.runtime;

import io.dtx.runtime.coordinator.Restored;
import io.dtx.runtime.coordinator.StateCopy;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.log.file.BackupFile;
import io.dtx.runtime.log.file.BackupWriter;
import io.dtx.runtime.log.file.FileLog;
import io.dtx.runtime.session.BackupLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backup of a coordinator log: the state after an entry, with all that it refers to, in one file with a checksum.
 *
 * <p>A backup does not know what was decided after it was taken, and the databases do not go back with it. So what was open is
 * parked when it is {@linkplain #restore restored}, and nothing of it runs until an operator has retried or resolved it.
 *
 * @param file where it is
 * @param cluster the name of the log, 16 hexadecimal digits
 * @param entry the index of the last entry that is in it
 * @param taken when, by the wall clock
 * @param bytes its length
 */
public record DtxBackup(Path file, String cluster, long entry, Instant taken, long bytes) {

    private static final int PIECE_BYTES = 1 << 20;

    /**
     * What was restored.
     *
     * @param cluster the name of the new log
     * @param former the name of the log that the backup is of
     * @param parked how many transactions wait for an operator
     */
    public record Restoration(String cluster, String former, long parked) {

        /**
         * Returns the statement that keeps the former log's processes from committing any guarded step; to be run in every database
         * that holds guard tables of them.
         */
        public String fencingSql() {
            return "UPDATE dtx_session SET state = 'F' WHERE cluster = " + Long.parseUnsignedLong(former, 16);
        }
    }

    /**
     * Takes one of an embedded log that no process has open.
     *
     * @param configuration the keys of the process that kept it, {@code dtx.log.dir} among them; its limits decide what the log
     *     means
     * @param file a new file
     * @throws LogUnavailableException if a process has the log open, or it is that of a cluster's member, which is backed up
     *     through the running cluster
     * @throws io.dtx.runtime.log.LogDamagedException if the log is not what was acknowledged
     */
    public static DtxBackup ofDirectory(Map<String, String> configuration, Path file) {
        DtxConfig config = DtxConfig.read(configuration);
        Path directory = Path.of(config.text(Setting.LOG_DIR)).toAbsolutePath().normalize();
        if (!Files.exists(directory.resolve("manifest"))) {
            throw new LogUnavailableException(
                    "DTX-8026 there is no log in " + directory + ": name the directory of dtx.log.dir", null);
        }
        FileLog log = new FileLog(directory);
        try (Taking taking = new Taking(file)) {
            StateCopy copy = StateCopy.ofStopped(log, Logs.limits(config));
            taking.begin(copy.cluster(), copy.index(), copy.time(), copy.wallClock());
            for (byte[] piece = copy.next(PIECE_BYTES); piece.length > 0; piece = copy.next(PIECE_BYTES)) {
                taking.add(piece);
            }
            return taking.finish();
        } finally {
            log.close();
        }
    }

    /** Takes one of a cluster, through its members. */
    static DtxBackup of(BackupLink members, Path file) {
        try (Taking taking = new Taking(file)) {
            members.read((cluster, index, time, wallClock) -> {
                taking.begin(cluster, index, time, wallClock);
                return taking::add;
            });
            return taking.finish();
        }
    }

    /**
     * Makes the directory of an embedded log out of a backup, under a new name. For a cluster, it becomes that of the first member
     * by {@link DtxMember#adopt}.
     *
     * @param directory empty, or not there
     * @throws io.dtx.runtime.log.LogDamagedException if the file is not whole; nothing was made
     * @throws LogUnavailableException if the directory holds anything, or cannot be used
     */
    public static Restoration restore(Path file, Path directory) {
        try {
            BackupFile backup = BackupFile.read(file);
            long cluster = new SecureRandom().nextLong();
            Snapshot state = Restored.of(
                    backup.snapshot(),
                    "log " + hex(backup.header().cluster()) + " at entry "
                            + backup.header().index());
            backup.restore(directory, cluster, state);
            return new Restoration(hex(cluster), hex(backup.header().cluster()), Restored.parked(state));
        } catch (IOException e) {
            throw new UncheckedIOException("DTX-8023 " + file.toAbsolutePath() + " cannot be read: " + e, e);
        }
    }

    private static String hex(long cluster) {
        return String.format("%016x", cluster);
    }

    /** The file that is being written; begun anew as often as it must be. */
    private static final class Taking implements AutoCloseable {

        private final Path file;
        private @Nullable BackupWriter writer;

        Taking(Path file) {
            this.file = file;
        }

        void begin(long cluster, long index, long time, long wallClock) {
            close();
            try {
                BackupFile.Header begun = new BackupFile.Header(cluster, index, time, wallClock);
                writer = BackupWriter.create(file, begun);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        void add(byte[] bytes) {
            try {
                writer().add(bytes);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        /** Ends it, and reads it again, as whoever restores it will. */
        DtxBackup finish() {
            try {
                long bytes = writer().finish();
                BackupFile.Header begun = BackupFile.read(file).header();
                return new DtxBackup(
                        file, hex(begun.cluster()), begun.index(), Instant.ofEpochMilli(begun.wallClock()), bytes);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        private BackupWriter writer() {
            BackupWriter begun = writer;
            if (begun == null) {
                throw new IllegalStateException("no backup has begun");
            }
            return begun;
        }

        private UncheckedIOException failed(IOException e) {
            return new UncheckedIOException(
                    "DTX-8023 no backup was made, for " + file.toAbsolutePath() + " cannot be written: " + e, e);
        }

        @Override
        public void close() {
            BackupWriter begun = writer;
            writer = null;
            if (begun != null) {
                try {
                    begun.close();
                } catch (IOException e) {
                    throw failed(e);
                }
            }
        }
    }
}
