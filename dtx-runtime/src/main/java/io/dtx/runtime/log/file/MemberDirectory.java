package io.dtx.runtime.log.file;

import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.LogUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongFunction;

/** The directory of one member of a replicated log: is made once, or out of that of an embedded log, and opened. */
public final class MemberDirectory {

    private MemberDirectory() {}

    /**
     * Makes the directory of a new member.
     *
     * @param cluster the name of the log
     * @param member the member's own name, which is kept
     * @param first the records that the log begins with; none for a member that will be added to a cluster
     * @throws LogUnavailableException if the directory holds anything, or cannot be used
     */
    public static void create(Path directory, long cluster, String member, RecordBatch first) {
        create(new LogFiles(directory), FileLog.SEGMENT_BYTES, cluster, member, first);
    }

    static void create(LogFiles files, long segmentBytes, long cluster, String member, RecordBatch first) {
        try (DirectoryLock lock = DirectoryLock.take(files.directory())) {
            if (files.exists(ManifestFile.NAME)) {
                throw new LogUnavailableException(
                        "DTX-5112 " + files.directory().toAbsolutePath()
                                + " holds a log already: choose an empty directory for the new member",
                        null);
            }
            BallotFile.create(files, cluster, member, first.count() == 0 ? 0 : first.lastTerm());
            ManifestFile.create(files, cluster, first.count() == 0 ? 0 : first.lastTerm());
            begin(files, segmentBytes, first);
        } catch (IOException e) {
            throw unusable(files, e);
        }
    }

    /**
     * Makes the directory of an embedded log that of a member: it keeps its records and its name, and goes on behind them.
     *
     * @param records the records that follow, of the term that the log has reached; it is passed to make them
     */
    public static void adopt(Path directory, String member, LongFunction<RecordBatch> records) {
        LogFiles files = new LogFiles(directory);
        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            if (!files.exists(ManifestFile.NAME) || files.exists(BallotFile.NAME)) {
                throw new LogUnavailableException(
                        "DTX-5113 " + directory.toAbsolutePath() + " does not hold the log of one process alone", null);
            }
            ManifestFile manifest = ManifestFile.open(files);
            long term = manifest.get().term() + 1;
            manifest.update(now -> now.withTerm(term));
            begin(files, FileLog.SEGMENT_BYTES, records.apply(term));
            BallotFile.create(files, manifest.get().cluster(), member, term); // last: before it, it is an embedded log
        } catch (IOException e) {
            throw unusable(files, e);
        }
    }

    /** Makes the first segment of a log behind what its manifest names, with these records. */
    static void begin(LogFiles files, long segmentBytes, RecordBatch first) throws IOException {
        ManifestFile manifest = ManifestFile.open(files);
        try (Background background = new Background();
                SegmentStore segments = new SegmentStore(files, manifest, segmentBytes, background)) {
            segments.recover((mark, body, file) -> {}, 0);
            segments.settle();
            if (first.count() > 0) {
                segments.append(first);
            }
            manifest.update(now -> now.withLast(segments.last()));
        }
    }

    /**
     * Opens the directory of a member.
     *
     * @param visitor takes every record on the way
     * @throws LogDamagedException if the files are not what the member once made durable; nothing was changed
     * @throws LogUnavailableException if the directory cannot be used
     */
    public static RecordStore open(Path directory, long segmentBytes, RecordStore.Visitor visitor) {
        return open(new LogFiles(directory), segmentBytes, visitor);
    }

    static RecordStore open(LogFiles files, long segmentBytes, RecordStore.Visitor visitor) {
        DirectoryLock lock = null;
        RecordStore opened = null;
        try {
            lock = DirectoryLock.take(files.directory());
            if (!files.exists(ManifestFile.NAME)
                    && files.names().stream().noneMatch(MemberDirectory::holdsWhatWasWritten)) {
                throw new LogUnavailableException(
                        "DTX-5114 " + files.directory().toAbsolutePath()
                                + " is empty. A new member is made by dtx cluster init or join; one that has lost its directory"
                                + " has forgotten its votes: join under a new id, and replace the old one by it",
                        null);
            }
            opened = new RecordStore(files, segmentBytes, lock, visitor);
            return opened;
        } catch (LogDamagedException e) {
            throw Damage.ofMember(e);
        } catch (IOException e) {
            throw unusable(files, e);
        } finally {
            if (opened == null && lock != null) {
                release(lock);
            }
        }
    }

    private static boolean holdsWhatWasWritten(String name) {
        return Segment.isName(name) || name.startsWith("snapshot-");
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            System.getLogger(MemberDirectory.class.getName())
                    .log(System.Logger.Level.WARNING, "DTX-5109 the lock of the log was released with an error", e);
        }
    }

    private static LogUnavailableException unusable(LogFiles files, IOException e) {
        return new LogUnavailableException(
                "DTX-5105 the log in " + files.directory().toAbsolutePath() + " cannot be used: " + e, e);
    }
}
