package io.dtx.runtime.log.raft;

import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.RecordingReplica;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Three members as one log: whoever leads appends, the first one's replica is looked at once it has what was appended. The
 * leadership moves on for a while after every few entries, or one fault follows the other; what is refused, or may have failed, is sent
 * again, as every user of a log must.
 */
final class FollowedCluster implements CoordinatorLog {

    private static final int MOVE_AFTER = 300;
    private static final int AWAY = 10;
    private static final int ANSWER_SECONDS = 60;

    private final Path base;
    private final long snapshotBytes;
    private final @Nullable ClusterFaults faults;
    private final LocalNetwork network = new LocalNetwork();
    private final List<Member> members = new ArrayList<>();
    private final List<RaftLog> logs = new CopyOnWriteArrayList<>();
    private @Nullable Watched watched;
    private volatile boolean closed;
    private int appended;

    /**
     * Creates it.
     *
     * @param faults what happens to it; null: the leadership moves
     */
    FollowedCluster(Path base, long snapshotBytes, @Nullable ClusterFaults faults) {
        this.base = base;
        this.snapshotBytes = snapshotBytes;
        this.faults = faults;
        for (int id = 1; id <= 3; id++) {
            members.add(new Member(id, "m" + id, 7100 + id));
        }
    }

    FollowedCluster create() {
        members.forEach(each -> RaftLog.createCluster(directory(each), 99, each, members));
        return this;
    }

    FollowedCluster again() {
        return new FollowedCluster(base, snapshotBytes, faults);
    }

    @Override
    public void start(Replica replica) {
        watched = new Watched(replica);
        for (Member each : members) {
            logs.add(opened(each, each.id() == 1 ? watched : new Ignoring()));
        }
        TestCluster.await("first member leading", () -> {
            letLead(1);
            return Objects.requireNonNull(watched).leads;
        });
        if (faults != null) {
            faults.begin(this);
        }
    }

    private RaftLog opened(Member member, Replica replica) {
        RaftLog log = new RaftLog(
                new RaftSettings(directory(member), 300, 64 << 10, snapshotBytes), network.port(member.address()));
        log.start(replica);
        return log;
    }

    LocalNetwork network() {
        return network;
    }

    List<Member> members() {
        return members;
    }

    /** Ends a member, not the first one, as a killed process would. */
    void kill(int id) {
        logs.get(id - 1).kill();
    }

    /** Starts it again. */
    void startAgain(int id) {
        logs.set(id - 1, opened(members.get(id - 1), new Ignoring()));
    }

    @Override
    public long cluster() {
        return logs.get(0).cluster();
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        if (closed) {
            return logs.get(0).append(batches);
        }
        appended++;
        if (faults == null && appended % MOVE_AFTER == 0) {
            letLead(2 + appended / MOVE_AFTER % 2);
        } else if (faults == null && appended % MOVE_AFTER == AWAY) {
            letLead(1);
        }
        while (true) {
            for (RaftLog each : logs) {
                try {
                    long index = each.append(batches)
                            .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                            .join();
                    TestCluster.await("entry " + index, () -> Objects.requireNonNull(watched).lastIndex >= index);
                    return CompletableFuture.completedFuture(index);
                } catch (CompletionException e) {
                    if (!(e.getCause() instanceof LogUnavailableException)
                            && !(e.getCause() instanceof AppendUnknownException)) {
                        throw e;
                    }
                }
            }
            LockSupport.parkNanos(1_000_000); // nobody leads now
        }
    }

    void letLead(int id) {
        for (RaftLog each : logs) {
            try {
                if (each.self().id() != id && each.self().equals(each.leader())) {
                    each.membership().transferLeadershipTo(id);
                }
            } catch (LogUnavailableException | IllegalArgumentException e) {
                continue; // it has just lost the leadership
            }
        }
    }

    @Override
    public long time() {
        return logs.stream().mapToLong(RaftLog::time).max().orElse(0);
    }

    @Override
    public byte[] read(Payload payload) {
        return logs.get(0).read(payload);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        CompletableFuture<Void> barrier = logs.get(0).readBarrier();
        return faults == null || closed ? barrier : barrier.exceptionallyCompose(refused -> readBarrier());
    }

    @Override
    public void close() {
        closed = true;
        if (faults != null) {
            faults.end();
        }
        logs.forEach(RaftLog::close);
        network.close();
    }

    private Path directory(Member member) {
        return base.resolve("member-" + member.id());
    }

    /** The first member's replica, which knows of one log only: that it does not lead for a while is kept from it. */
    private static final class Watched implements Replica {

        private final Replica replica;
        private volatile long lastIndex;
        private volatile boolean leads;

        Watched(Replica replica) {
            this.replica = replica;
        }

        @Override
        public void restore(Snapshot snapshot) {
            replica.restore(snapshot);
        }

        @Override
        public void onCommitted(LogEntry entry) {
            replica.onCommitted(entry);
            lastIndex = entry.index();
        }

        @Override
        public Snapshot snapshot() {
            return replica.snapshot();
        }

        @Override
        public void onLeader(long term) {
            replica.onLeader(term);
            leads = true;
        }

        @Override
        public void onFollower() {
            leads = false;
        }

        @Override
        public void onFailed(Throwable cause) {
            replica.onFailed(cause);
        }
    }

    /** The others' replicas: they keep what snapshots need, and are not looked at. */
    private static final class Ignoring extends RecordingReplica {
        @Override
        public void onFollower() {
            // another one leads
        }
    }
}
