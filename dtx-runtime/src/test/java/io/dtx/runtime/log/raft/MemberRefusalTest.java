package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.LogUnavailableException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member whose directory is not what it once made durable neither votes nor serves; the others go on. */
class MemberRefusalTest {

    @TempDir
    Path base;

    private static final int SAMPLES = 10;

    private TestCluster cluster;
    private int victim;

    /** A cluster whose other two members go on, and a follower that is down. */
    @BeforeEach
    void stopOne() throws Exception {
        cluster = new TestCluster(base, 3, 1 << 20);
        cluster.startAll();
        try (AuditedLoad load = new AuditedLoad(cluster, 2, 0)) {
            load.awaitMore(60);
            victim = cluster.aFollower();
            cluster.stop(victim);
        }
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_wiped_member_refuses_to_come_back_under_its_id() throws IOException {
        Wipe.wipe(cluster.directory(victim));
        assertThat(assertThrows(LogUnavailableException.class, () -> cluster.start(victim)))
                .hasMessageContaining("DTX-5114")
                .hasMessageContaining("join under a new id");
    }

    @Test
    void a_member_without_its_ballot_refuses() throws IOException {
        Files.delete(cluster.directory(victim).resolve("ballot"));
        assertThat(assertThrows(LogDamagedException.class, () -> cluster.start(victim)))
                .hasMessageContaining("ballot")
                .hasMessageContaining("add it under a new id");
    }

    @Test
    void a_shortened_or_changed_log_refuses_or_changes_nothing() throws Exception {
        Path whole = base.resolve("whole");
        copy(cluster.directory(victim), whole);
        int refused = 0;
        int harmless = 0;
        for (Path file : files(whole)) {
            long length = Files.size(file);
            for (int i = 0; i < SAMPLES; i++) {
                long at = length * i / SAMPLES;
                for (boolean cut : List.of(true, false)) {
                    Wipe.wipe(cluster.directory(victim));
                    copy(whole, cluster.directory(victim));
                    damage(cluster.directory(victim).resolve(file.getFileName()), at, cut);
                    if (starts()) {
                        harmless++;
                    } else {
                        refused++;
                    }
                }
            }
        }
        System.out.println("damaged members: " + refused + " refused, " + harmless + " unharmed and caught up");
        assertThat(refused).isGreaterThan(SAMPLES);
        Wipe.wipe(cluster.directory(victim));
        copy(whole, cluster.directory(victim));
        assertTrue(starts());
        cluster.assertSame();
    }

    @Test
    void what_is_no_cluster_is_refused() {
        Member one = new Member(1, "a", 1);
        Member two = new Member(2, "a", 1);
        Path directory = base.resolve("none");
        assertThrows(IllegalArgumentException.class, () -> RaftLog.createCluster(directory, 1, one, List.of(two)));
        assertThrows(IllegalArgumentException.class, () -> RaftLog.createCluster(directory, 1, one, List.of(one, two)));
        assertThrows(IllegalArgumentException.class, () -> Member.parse("1@host"));
        assertThrows(IllegalArgumentException.class, () -> Member.parse("0@host:1"));
        assertThrows(IllegalArgumentException.class, () -> Member.parse("1@ho st:1"));
        assertEquals(new Member(3, "[::1]", 7), Member.parse("3@[::1]:7"));
        assertThat(assertThrows(
                        LogUnavailableException.class,
                        () -> new RaftLog(cluster.settings(victim))
                                .start(new AuditedReplica(new ConcurrentHashMap<>(), new ArrayList<>()))))
                .hasMessageContaining("DTX-5217");
    }

    private boolean starts() {
        try {
            cluster.start(victim);
        } catch (LogDamagedException e) {
            assertThat(e).hasMessageContaining("add it under a new id");
            return false;
        }
        cluster.assertSame();
        cluster.stop(victim);
        return true;
    }

    private static void damage(Path file, long at, boolean cut) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            if (cut) {
                opened.setLength(at);
            } else {
                opened.seek(at);
                int old = opened.read();
                opened.seek(at);
                opened.write(old ^ 0x10);
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith("lock")).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path each : files(from)) {
            Files.copy(each, to.resolve(each.getFileName()));
        }
    }
}
