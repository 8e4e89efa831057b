package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.dtx.TransactionId;
import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.file.MemberDirectory;
import io.dtx.runtime.log.file.MemberFiles;
import io.dtx.runtime.log.file.RecordStore;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every byte of the files of a member of three is changed, and every file is cut at every record and at every length, emptied, lost: the
 * member refuses, naming file, place and remedy, and changes nothing; or it has all that it had. It is never another one silently.
 */
class MemberDamageTest {

    /** Of bytes that hold nothing one in so many is tried, and of those that hold something one in so many. */
    private static final int BLANK_STEP = Integer.getInteger("dtx.raft.damage.blank-step", 9_999);

    private static final int RECORD_STEP = Integer.getInteger("dtx.raft.damage.record-step", 19);
    private static final int STEP = Integer.getInteger("dtx.raft.damage.step", 499);

    private Path base;
    private Path damaged;

    /** Of a member that was killed, and of one that was closed. */
    private final List<Path> members = new ArrayList<>();

    private final Map<Path, Map<String, byte[]>> contents = new TreeMap<>();
    private final Map<Path, Picture> pictures = new TreeMap<>();
    private Path inDamaged;
    private Path older;
    private long openBefore;
    private int refused;
    private int unharmed;

    /** All that a member has. */
    private record Picture(
            long cluster,
            String member,
            long term,
            String vote,
            long first,
            List<Integer> records,
            int header,
            int snapshot) {

        /**
         * Reads it.
         *
         * @param unchanged what the snapshot says, if its file is known not to have changed; null: all of it is read
         */
        static Picture of(RecordStore store, @Nullable Integer unchanged) throws IOException {
            List<Integer> records = new ArrayList<>();
            for (long index = store.firstIndex(); index <= store.lastIndex(); index++) {
                RecordStore.Stored stored = Objects.requireNonNull(store.record(index));
                records.add(31 * Long.hashCode(stored.term()) + stored.body().hashCode());
            }
            RecordStore.SnapshotHeader header = store.snapshot();
            return new Picture(
                    store.cluster(),
                    store.member(),
                    store.term(),
                    store.vote(),
                    store.firstIndex(),
                    records,
                    header == null
                            ? 0
                            : Objects.hash(
                                    header.index(), header.term(), header.time(), Arrays.hashCode(header.member())),
                    header == null ? 0 : unchanged != null ? unchanged : snapshot(store));
        }

        /** What it says, not the bytes that fill it up. */
        private static int snapshot(RecordStore store) throws IOException {
            List<Integer> parts = new ArrayList<>();
            List<Payload> payloads = new ArrayList<>();
            store.restore(view -> view.items().forEach(item -> {
                parts.add(Arrays.hashCode(item.bytes()));
                payloads.addAll(item.payloads());
            }));
            for (Payload each : payloads) {
                parts.add(Arrays.hashCode(store.readSnapshot(each)));
            }
            return parts.hashCode();
        }
    }

    private interface Harm {
        byte @Nullable [] to(byte[] content);
    }

    @BeforeEach
    void makeMembers() throws Exception {
        base = MemberFiles.fastDirectory("member-damage");
        damaged = base.resolve("damaged");
        try (TestCluster cluster = new TestCluster(base, 3, 9_000)) {
            cluster.startAll();
            try (AuditedLoad load = new AuditedLoad(cluster, 1, 0)) {
                load.awaitMore(50);
                leaveTheFirstSegment(cluster);
                load.awaitMore(150);
                int first = cluster.aFollower();
                cluster.kill(first);
                older = base.resolve("older");
                write(older, readAll(cluster.directory(first)));
                cluster.start(first);
                load.awaitMore(150);
                load.audit();
                cluster.kill(first);
                members.add(cluster.directory(first));
                int second = cluster.aFollower();
                cluster.stop(second);
                members.add(cluster.directory(second));
            }
        }
        openBefore = openFiles();
    }

    /** It is larger than the others, and nearly blank. */
    private static void leaveTheFirstSegment(TestCluster cluster) throws Exception {
        LogCommand again = new LogCommand.FinishStep(new TransactionId(1, 1, 1), 1, new byte[240_000]);
        for (int i = 0; i < 5; i++) {
            cluster.awaitLeader()
                    .log()
                    .append(List.of(new SessionBatch(1, 1, 1, List.of(again))))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void delete() throws IOException {
        MemberFiles.delete(base);
    }

    @Test
    void every_byte_that_is_changed_is_found_or_changes_nothing() throws IOException {
        for (Path member : members) {
            for (Map.Entry<String, byte[]> file : read(member).entrySet()) {
                byte[] content = file.getValue();
                for (int at = 0; at < content.length; at += step(content, at)) {
                    int place = at;
                    tryOut(member, file.getKey(), "byte " + at + " changed", whole -> {
                        byte[] changed = whole.clone();
                        changed[place] ^= (byte) (1 << (place % 8));
                        return changed;
                    });
                }
            }
        }
        report("bytes changed");
    }

    @Test
    void every_cut_at_a_record_and_anywhere_is_found_or_changes_nothing() throws IOException {
        int records = 0;
        for (Path member : members) {
            long cluster = picture(member).cluster();
            for (Map.Entry<String, byte[]> file : read(member).entrySet()) {
                byte[] content = file.getValue();
                List<Long> ends = MemberFiles.recordEnds(member.resolve(file.getKey()), cluster);
                for (int i = 0; i < ends.size(); i += RECORD_STEP) {
                    long end = ends.get(i);
                    records++;
                    tryOut(member, file.getKey(), "cut at record " + end, whole -> Arrays.copyOf(whole, (int) end));
                    tryOut(member, file.getKey(), "blank from record " + end, whole -> {
                        byte[] blank = whole.clone();
                        Arrays.fill(blank, (int) end, blank.length, (byte) 0);
                        return blank;
                    });
                }
                for (int at = 0; at < content.length; at += step(content, at)) {
                    int end = at;
                    tryOut(member, file.getKey(), "cut at byte " + at, whole -> Arrays.copyOf(whole, end));
                }
                tryOut(member, file.getKey(), "lost", whole -> null);
            }
        }
        assertThat(records).isGreaterThan(10);
        report("files cut at " + records + " records and anywhere, or lost");
    }

    @Test
    void a_file_that_is_older_than_the_others_is_found_or_changes_nothing() throws IOException {
        Map<String, byte[]> old = read(older);
        for (Map.Entry<String, byte[]> file : read(members.get(0)).entrySet()) {
            byte[] before = old.get(file.getKey());
            if (before != null) {
                tryOut(members.get(0), file.getKey(), "older", whole -> before);
            }
        }
        report("files older than the rest");
    }

    @Test
    void the_check_notices_a_directory_that_is_older_as_a_whole() throws IOException {
        Picture whole = picture(members.get(0));
        write(damaged, read(older));
        assertThrows(AssertionError.class, () -> assertEquals(whole, openDamaged(null)));
    }

    private void tryOut(Path member, String name, String what, Harm harm) throws IOException {
        Map<String, byte[]> files = read(member);
        Picture whole = picture(member);
        byte[] harmed = harm.to(files.get(name));
        if (harmed == null) {
            files.remove(name);
            Files.delete(damaged.resolve(name));
        } else {
            files.put(name, harmed);
            Files.write(damaged.resolve(name), harmed);
        }
        try {
            assertEquals(whole, openDamaged(name.startsWith("snapshot-") ? null : whole), () -> name + ": " + what);
            unharmed++;
            inDamaged = null; // it may have been mended
        } catch (LogDamagedException e) {
            refused++;
            assertThat(e)
                    .hasMessageContaining(damaged.toString())
                    .hasMessageMatching("(?s).*(damaged at byte \\d+|is missing): .*")
                    .hasMessageContaining("remove this member, empty its directory, and add it under a new id");
            Map<String, byte[]> after = readAll(damaged);
            assertEquals(files.keySet(), after.keySet(), () -> name + ": " + what);
            files.forEach((each, content) -> assertTrue(
                    Arrays.equals(content, after.get(each)), () -> each + " was written to: " + name + ": " + what));
            Files.write(damaged.resolve(name), read(member).get(name));
        }
    }

    /** What the member has; its files are in the directory to be damaged. */
    private Picture picture(Path member) throws IOException {
        if (!member.equals(inDamaged)) {
            write(damaged, read(member));
            inDamaged = member;
        }
        Picture known = pictures.get(member);
        if (known == null) {
            known = openDamaged(null);
            pictures.put(member, known);
            inDamaged = null;
            return picture(member);
        }
        return known;
    }

    /**
     * Opens the damaged member, and reads what it has.
     *
     * @param whole what it had, if its snapshot is not damaged; that it is still the same is seen by the bytes of its file, for to read
     *     each payload of it, and its whole frame, would take most of the time; null: it is read
     */
    private Picture openDamaged(@Nullable Picture whole) throws IOException {
        try (RecordStore store = MemberDirectory.open(damaged, 64 << 10, (index, term, body) -> {})) {
            return Picture.of(store, whole != null && isSnapshotUnchanged() ? (Integer) whole.snapshot() : null);
        }
    }

    private boolean isSnapshotUnchanged() throws IOException {
        Map<String, byte[]> before = onlySnapshots(read(Objects.requireNonNull(inDamaged)));
        Map<String, byte[]> after = onlySnapshots(readAll(damaged));
        return before.size() == 1
                && before.keySet().equals(after.keySet())
                && before.entrySet().stream()
                        .allMatch(each -> Arrays.equals(each.getValue(), after.get(each.getKey())));
    }

    private static Map<String, byte[]> onlySnapshots(Map<String, byte[]> files) {
        files.keySet().removeIf(name -> !name.startsWith("snapshot-"));
        return files;
    }

    private static int step(byte[] content, int at) {
        int step = STEP;
        for (int i = at; i < Math.min(content.length, at + 64); i++) {
            if (content[i] != 0) {
                return step;
            }
        }
        return BLANK_STEP;
    }

    private Map<String, byte[]> read(Path directory) throws IOException {
        Map<String, byte[]> known = contents.get(directory);
        if (known == null) {
            known = readAll(directory);
            contents.put(directory, known);
        }
        return new TreeMap<>(known);
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static Map<String, byte[]> readAll(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path each : paths.filter(path -> !path.endsWith("lock")).toList()) {
                files.put(each.getFileName().toString(), Files.readAllBytes(each));
            }
        }
        return files;
    }

    private static void write(Path directory, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(directory);
        for (String name : readAll(directory).keySet()) {
            if (!files.containsKey(name)) {
                Files.delete(directory.resolve(name));
            }
        }
        for (Map.Entry<String, byte[]> each : files.entrySet()) {
            Files.write(directory.resolve(each.getKey()), each.getValue());
        }
    }

    private void report(String what) {
        System.out.println("a member's files, " + what + " of "
                + contents.get(members.get(0)).values().stream()
                        .mapToInt(each -> each.length)
                        .sum() + " bytes: " + refused + " refused, " + unharmed + " unharmed, 0 silent");
        assertThat(refused).isPositive();
        Tally.add(refused + unharmed, refused);
        assertThat(openFiles()).as("files that refused starts have left open").isLessThan(openBefore + 20);
    }
}
