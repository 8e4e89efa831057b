package io.dtx.runtime.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Opens the segments of a directory, and checks that together they are the log that the manifest names. Used once. */
final class StoreRecovery implements Closeable {

    private final LogFiles files;
    private final Manifest manifest;
    private final long tornMax;
    private final List<LogFile> opened = new ArrayList<>();

    StoreRecovery(LogFiles files, Manifest manifest, long tornMax) {
        this.files = files;
        this.tornMax = tornMax;
        this.manifest = manifest;
    }

    /** Passes every record to the visitor, also those that the snapshot has already; returns the segments by first index. */
    NavigableMap<Long, Segment> recover(SegmentRecovery.Visitor visitor) throws IOException {
        NavigableMap<Long, SegmentHeader> headers = new TreeMap<>();
        for (String name : requiredSegments().values()) {
            LogFile file = files.open(name);
            opened.add(file);
            SegmentHeader header = SegmentHeader.read(file);
            requireOurs(file, header, name);
            headers.put(header.first(), header);
        }
        SegmentRecovery.Visitor checked = (mark, body, file) -> {
            requireTheChainOfTheManifest(mark, file);
            visitor.record(mark, body, file);
        };
        NavigableMap<Long, Segment> segments = new TreeMap<>();
        Iterator<LogFile> file = opened.iterator();
        for (SegmentHeader each : headers.values()) {
            SegmentRecovery one = new SegmentRecovery(file.next(), each, tornMax); // one window in memory at a time
            Map.Entry<Long, SegmentHeader> next = headers.higherEntry(each.first());
            Segment segment = next == null ? one.recoverNewest(checked) : one.recoverOlder(next.getValue(), checked);
            segments.put(each.first(), segment);
        }
        if (!segments.isEmpty()) {
            requireWhatTheManifestPromises(segments.lastEntry().getValue());
        }
        return segments;
    }

    /** Closes what was opened: for a recovery that failed. */
    @Override
    public void close() throws IOException {
        for (LogFile each : opened) {
            each.close();
        }
    }

    private NavigableMap<Long, String> requiredSegments() throws IOException {
        NavigableMap<Long, String> names = new TreeMap<>();
        for (String name : files.names()) {
            if (Segment.isName(name)) {
                names.put(Segment.first(name), name);
            }
        }
        if (manifest.newest() > 0 && !names.containsKey(manifest.newest())) {
            throw Damage.missing(files.path(Segment.name(manifest.newest())), "the manifest promises it");
        }
        if (names.isEmpty()) {
            return names;
        }
        Long first = names.floorKey(manifest.snapshot() + 1);
        if (first == null) {
            throw Damage.missing(files.path(Segment.name(manifest.snapshot() + 1)), "nothing else holds that record");
        }
        return names.tailMap(first, true);
    }

    private void requireOurs(LogFile file, SegmentHeader header, String name) {
        if (header.cluster() != manifest.cluster()
                || !Segment.name(header.first()).equals(name)) {
            throw Damage.at(file.path(), 0, "its header is that of another segment, or of another log");
        }
        if (manifest.contradicts(header.first() - 1, header.chainBefore())) {
            throw Damage.at(file.path(), 0, "it does not go on from what the manifest names");
        }
    }

    private void requireTheChainOfTheManifest(Mark mark, LogFile file) {
        if (manifest.contradicts(mark.index(), mark.chain())) {
            throw Damage.at(
                    file.path(), mark.end(), "record " + mark.index() + " is not the one that the manifest names");
        }
    }

    private void requireWhatTheManifestPromises(Segment newest) {
        Mark last = newest.last();
        long promised = Math.max(manifest.snapshot(), manifest.last());
        if (last.index() < promised) {
            throw Damage.at(
                    newest.file().path(),
                    last.end(),
                    "the log ends with record " + last.index() + ", but the manifest names record " + promised);
        }
        if (last.term() > manifest.term()) {
            throw Damage.at(
                    files.path(ManifestFile.NAME),
                    0,
                    "it is older than the segments: they reach term " + last.term() + ", it names " + manifest.term());
        }
    }
}
