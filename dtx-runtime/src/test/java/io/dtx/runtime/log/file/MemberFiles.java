package io.dtx.runtime.log.file;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is in the files of a member, for tests of other packages that damage them. */
public final class MemberFiles {

    private MemberFiles() {}

    /** Makes a directory on a disk that needs no waiting for, where there is one. */
    public static Path fastDirectory(String name) throws IOException {
        return Workload.fastDirectory(name);
    }

    /** Deletes a directory with all that is in it. */
    public static void delete(Path directory) throws IOException {
        Workload.delete(directory);
    }

    /** Returns where the records of a segment or of a snapshot begin, and where the last one ends; none for other files. */
    public static List<Long> recordEnds(Path path, long cluster) throws IOException {
        String name = path.getFileName().toString();
        List<Long> ends = new ArrayList<>();
        if (Segment.isName(name) || name.startsWith("snapshot-")) {
            try (LogFile file = new LogFile(path, Set.of(READ))) {
                Mark start = Segment.isName(name) ? SegmentHeader.read(file).start() : SnapshotFormat.start(cluster);
                RecordScan scan = new RecordScan(file, start, file.size());
                do {
                    ends.add(scan.mark().end());
                } while (scan.next());
            }
        }
        return ends;
    }
}
