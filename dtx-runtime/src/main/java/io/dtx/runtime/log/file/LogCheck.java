package io.dtx.runtime.log.file;

import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.file.CheckedFile.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log at rest from the first byte to the last, by the code of the next start, and changes nothing. Unlike a start it
 * goes on behind the first damage, with every file that can be judged without what is damaged.
 */
public final class LogCheck {

    private final UnwrittenFiles files;
    private final Map<String, CheckedFile> checked = new TreeMap<>();
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final boolean isMembers;
    private long snapshot;
    private long last;

    private LogCheck(UnwrittenFiles files) {
        this.files = files;
        this.isMembers = files.exists(BallotFile.NAME);
    }

    /**
     * Checks the log in a directory. Whoever wants to start on it meanwhile is refused.
     *
     * @throws IllegalArgumentException if there is no log
     * @throws LogUnavailableException if a process has it open
     * @throws IOException if the directory cannot be read
     */
    public static LogReport of(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw noLog(directory);
        }
        try (DirectoryLock lock = DirectoryLock.takeToRead(directory)) {
            if (Files.exists(directory.resolve(Rewind.NAME))) {
                throw new LogUnavailableException(
                        "DTX-5120 the log in " + directory.toAbsolutePath()
                                + " was being shortened when its process ended: start the member, which finishes that",
                        null);
            }
            return new LogCheck(new UnwrittenFiles(directory)).check();
        }
    }

    private LogReport check() throws IOException {
        Manifest manifest = null;
        try {
            manifest = ManifestFile.find(files);
            if (manifest == null) {
                throw noLog(files.directory());
            }
            note(ManifestFile.NAME, Verdict.SOUND, "");
            checkBallot(manifest);
            snapshot = manifest.snapshot();
            checkSnapshot(manifest);
            checkSegments(manifest);
        } catch (FileDamagedException e) {
            note(e);
        }
        noteTheRest(manifest);
        return new LogReport(
                files.directory().toAbsolutePath().normalize(),
                manifest == null ? 0 : manifest.cluster(),
                last,
                isMembers,
                List.copyOf(checked.values()));
    }

    private void checkBallot(Manifest manifest) throws IOException {
        if (isMembers) {
            try {
                BallotFile.open(files, manifest);
                note(BallotFile.NAME, Verdict.SOUND, "");
            } catch (FileDamagedException e) {
                note(e);
            }
        }
    }

    private void checkSnapshot(Manifest manifest) {
        if (snapshot == 0) {
            return;
        }
        String name = SnapshotFormat.name(snapshot);
        try {
            if (!files.exists(name)) {
                throw Damage.missing(files.path(name), "the manifest promises it");
            }
            long[] items = new long[1];
            SnapshotFile.open(
                            files.open(name),
                            manifest,
                            whole -> items[0] = whole.items().count())
                    .close();
            checked.put(name, new CheckedFile(name, Verdict.SOUND, items[0], 0, snapshot, -1, ""));
        } catch (FileDamagedException e) {
            note(e);
        } catch (LogDamagedException | IOException e) {
            note(name, Verdict.DAMAGED, "it cannot be read: " + e.getMessage());
        }
    }

    private void checkSegments(Manifest manifest) throws IOException {
        StoreRecovery recovery = new StoreRecovery(files, manifest, tornMax());
        try {
            Collection<Segment> segments = recovery.recover(this::count).values();
            for (Segment each : segments) {
                last = each.last().index();
                note(each.file().path().getFileName().toString(), Verdict.SOUND, "");
            }
        } catch (FileDamagedException e) {
            note(e);
            checkEachAlone(manifest);
        } catch (LogDamagedException | IOException e) { // which file it was is found below
            checkEachAlone(manifest);
        } finally {
            recovery.close();
        }
    }

    /** Judges every segment that was not reached by what it says itself, and by the header of the one behind it. */
    private void checkEachAlone(Manifest manifest) throws IOException {
        NavigableMap<Long, String> names = segmentNames();
        for (String name : names.tailMap(firstNeeded(names), true).values()) {
            if (!checked.containsKey(name)) {
                tallies.remove(name);
                Map.Entry<Long, String> next = names.higherEntry(Segment.first(name));
                try (LogFile file = files.open(name)) {
                    checkAlone(file, manifest, next == null ? null : next.getValue());
                } catch (FileDamagedException e) {
                    note(e);
                } catch (LogDamagedException | IOException e) {
                    note(name, Verdict.DAMAGED, "it cannot be read: " + e.getMessage());
                }
            }
        }
    }

    private void checkAlone(LogFile file, Manifest manifest, @Nullable String next) throws IOException {
        String name = file.path().getFileName().toString();
        SegmentHeader header = SegmentHeader.read(file);
        if (header.cluster() != manifest.cluster() || header.first() != Segment.first(name)) {
            throw Damage.at(file.path(), 0, "its header is that of another segment, or of another log");
        }
        SegmentRecovery recovery = new SegmentRecovery(file, header, tornMax());
        if (next == null) {
            recovery.recoverNewest(this::count);
        } else {
            try (LogFile behind = files.open(next)) {
                recovery.recoverOlder(SegmentHeader.read(behind), this::count);
            } catch (FileDamagedException e) {
                if (!e.file().equals(file.path())) {
                    note(name, Verdict.UNCHECKED, "where it must end is written in " + next + ", which is damaged");
                    return;
                }
                throw e;
            }
        }
        note(name, Verdict.SOUND, "");
    }

    private void count(Mark mark, ByteBuffer body, LogFile file) {
        if (mark.index() > snapshot && !isMembers) { // a start does not look into the other ones either
            try {
                EntryCodec.decode(mark.index(), mark.term(), body);
            } catch (LogDamagedException e) {
                throw Damage.undecodable(file.path(), mark, e);
            }
        }
        String name = file.path().getFileName().toString();
        Tally before = tallies.get(name);
        tallies.put(name, before == null ? new Tally(mark.index(), mark.index()) : before.upTo(mark.index()));
    }

    private void noteTheRest(@Nullable Manifest manifest) throws IOException {
        long needed = manifest == null ? 0 : firstNeeded(segmentNames());
        for (String name : files.names()) {
            boolean segment = Segment.isName(name);
            boolean ours = segment || name.startsWith("snapshot") || name.endsWith(".tmp");
            if (checked.containsKey(name) || name.equals(DirectoryLock.NAME)) {
                continue;
            }
            if (!ours) {
                note(name, Verdict.FOREIGN, "it is not part of the log");
            } else if (manifest == null || (segment && Segment.first(name) >= needed)) {
                note(name, Verdict.UNCHECKED, "what says how it must be is damaged");
            } else {
                note(name, Verdict.LEFT_OVER, "the next start deletes it");
            }
        }
    }

    private long tornMax() {
        return isMembers ? RecordBatch.BYTES_MAX : 0;
    }

    private NavigableMap<Long, String> segmentNames() throws IOException {
        NavigableMap<Long, String> names = new TreeMap<>();
        for (String name : files.names()) {
            if (Segment.isName(name)) {
                names.put(Segment.first(name), name);
            }
        }
        return names;
    }

    private long firstNeeded(NavigableMap<Long, String> names) {
        Long first = names.floorKey(snapshot + 1);
        return first == null ? 0 : first;
    }

    private void note(FileDamagedException damage) {
        String name = damage.file().getFileName().toString();
        Tally found = tallies.getOrDefault(name, Tally.NONE);
        checked.put(
                name,
                new CheckedFile(
                        name,
                        Verdict.DAMAGED,
                        found.records(),
                        found.first(),
                        found.last(),
                        damage.offset(),
                        damage.what()));
    }

    private void note(String name, Verdict verdict, String text) {
        Tally found = tallies.getOrDefault(name, Tally.NONE);
        boolean torn = verdict == Verdict.SOUND && files.wouldBeWritten(name);
        checked.put(
                name,
                new CheckedFile(
                        name,
                        torn ? Verdict.TORN_END : verdict,
                        found.records(),
                        found.first(),
                        found.last(),
                        -1,
                        torn
                                ? "the last write was cut short; nobody was told of it, the next start repairs it"
                                : text));
    }

    private static IllegalArgumentException noLog(Path directory) {
        return new IllegalArgumentException("DTX-5119 " + directory.toAbsolutePath()
                + " holds no coordinator log: name the directory that dtx.log.dir names");
    }

    /** Which records a file has shown. */
    private record Tally(long first, long last) {
        static final Tally NONE = new Tally(0, 0);

        Tally upTo(long index) {
            return new Tally(first, index);
        }

        long records() {
            return first == 0 ? 0 : last - first + 1;
        }
    }
}
