package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.runtime.log.file.FailingDisk;
import io.dtx.runtime.log.file.MemberDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Members in one JVM, over a network that can be cut. */
final class TestCluster implements AutoCloseable {

    static final long CLUSTER = 0xC1;
    private static final long AWAIT_NANOS = 30_000_000_000L;

    /** Held, so that it stays quiet: members are halted here all the time, and each would tell of it. */
    private static final Logger LOGGER = Logger.getLogger("io.dtx.runtime.log.raft");

    static {
        LOGGER.setLevel(Level.OFF);
    }

    final LocalNetwork network = new LocalNetwork();
    final List<String> wrong = new CopyOnWriteArrayList<>();
    final List<Member> members = new ArrayList<>();
    private final ConcurrentMap<Long, Long> digests = new ConcurrentHashMap<>();
    private final Map<Integer, Life> lives = new ConcurrentHashMap<>();
    private final Map<Integer, FailingDisk> disks = new ConcurrentHashMap<>();
    private final Path base;
    private final long snapshotBytes;

    /** One start of a member. */
    record Life(RaftLog log, AuditedReplica replica) {}

    TestCluster(Path base, int size, long snapshotBytes) {
        this.base = base;
        this.snapshotBytes = snapshotBytes;
        for (int id = 1; id <= size; id++) {
            members.add(new Member(id, "member" + id, 7000 + id));
        }
        for (Member each : members) {
            RaftLog.createCluster(directory(each.id()), CLUSTER, each, members);
        }
    }

    Path directory(int id) {
        return base.resolve("member-" + id);
    }

    RaftSettings settings(int id) {
        return new RaftSettings(directory(id), RaftSettings.ELECTION_TIMEOUT_MILLIS, 64 << 10, snapshotBytes);
    }

    Life start(int id) {
        Member self = member(id);
        FailingDisk disk = disks.get(id);
        RaftLog log = new RaftLog(
                settings(id),
                network.port(self.address()),
                disk == null ? MemberDirectory::open : (directory, bytes, visitor) -> disk.open(bytes, visitor));
        AuditedReplica replica = new AuditedReplica(digests, wrong);
        Life life = new Life(log, replica);
        log.start(replica);
        lives.put(id, life);
        return life;
    }

    /** A member, which is down, has this disk from its next start on. */
    FailingDisk newDisk(int id) {
        FailingDisk disk = new FailingDisk(directory(id));
        disks.put(id, disk);
        return disk;
    }

    FailingDisk disk(int id) {
        return Objects.requireNonNull(disks.get(id));
    }

    void startAll() {
        members.forEach(each -> start(each.id()));
    }

    /** Stops it as a killed process would: nothing is finished, nobody hears from it any more. */
    void kill(int id) {
        Life life = lives.remove(id);
        if (life != null) {
            life.log().kill();
        }
    }

    void stop(int id) {
        Life life = lives.remove(id);
        if (life != null) {
            life.log().close();
        }
    }

    boolean isRunning(int id) {
        return lives.containsKey(id);
    }

    Life life(int id) {
        return Objects.requireNonNull(lives.get(id), "member " + id + " is down");
    }

    List<Life> running() {
        return List.copyOf(new TreeMap<>(lives).values());
    }

    Member member(int id) {
        return members.stream().filter(each -> each.id() == id).findFirst().orElseThrow();
    }

    List<String> addresses() {
        return members.stream().map(Member::address).toList();
    }

    /** A member that believes to lead; 0 if none does. */
    int leader() {
        for (Map.Entry<Integer, Life> each : lives.entrySet()) {
            if (each.getValue().replica().leads()) {
                return each.getKey();
            }
        }
        return 0;
    }

    Life awaitLeader() {
        await("a leader", () -> leader() != 0);
        return life(leader());
    }

    int aFollower() {
        await("a leader and a follower", () -> leader() != 0 && lives.size() > 1);
        int leader = leader();
        return lives.keySet().stream().filter(id -> id != leader).findAny().orElseThrow();
    }

    /** Every running member has come to the same place, and there is nothing wrong. */
    void assertSame() {
        await("the same end everywhere", () -> {
            long last = running().get(0).replica().lastIndex();
            return running().stream().allMatch(each -> each.replica().lastIndex() == last);
        });
        assertEquals(List.of(), wrong);
        for (Life each : running()) {
            assertEquals(null, each.replica().failure());
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + AWAIT_NANOS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "no " + what + " in time");
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        network.heal();
        List.copyOf(lives.keySet()).forEach(this::stop);
        network.close();
    }
}
