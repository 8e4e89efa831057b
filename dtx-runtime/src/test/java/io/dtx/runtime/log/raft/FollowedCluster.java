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
import org.jspecify.annotations.Nullable;

/**
 * Three members as one log: whoever leads appends, the first one's replica is looked at once it has what was appended. The
 * leadership moves on for a while after every few entries; what is refused, or may have failed, is sent again, as every user of a log must.
 */
final class FollowedCluster implements CoordinatorLog {

    private static final int MOVE_AFTER = 300;
    private static final int AWAY = 10;

    private final Path base;
    private final long snapshotBytes;
    private final boolean moves;
    private final LocalNetwork network = new LocalNetwork();
    private final List<Member> members = new ArrayList<>();
    private final List<RaftLog> logs = new ArrayList<>();
    private @Nullable Watched watched;
    private boolean closed;
    private int appended;

    FollowedCluster(Path base, long snapshotBytes, boolean moves) {
        this.base = base;
        this.snapshotBytes = snapshotBytes;
        this.moves = moves;
        for (int id = 1; id <= 3; id++) {
            members.add(new Member(id, "m" + id, 7100 + id));
        }
    }

    FollowedCluster create() {
        members.forEach(each -> RaftLog.createCluster(directory(each), 99, each, members));
        return this;
    }

    FollowedCluster again() {
        return new FollowedCluster(base, snapshotBytes, moves);
    }

    @Override
    public void start(Replica replica) {
        watched = new Watched(replica);
        for (Member each : members) {
            RaftLog log = new RaftLog(
                    new RaftSettings(directory(each), 300, 64 << 10, snapshotBytes), network.port(each.address()));
            logs.add(log);
            log.start(each.id() == 1 ? watched : new Ignoring());
        }
        TestCluster.await("first member leading", () -> {
            letLead(1);
            return Objects.requireNonNull(watched).leads;
        });
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
        if (moves && ++appended % MOVE_AFTER == 0) {
            letLead(2 + appended / MOVE_AFTER % 2);
        } else if (appended % MOVE_AFTER == AWAY) {
            letLead(1);
        }
        while (true) {
            for (RaftLog each : logs) {
                try {
                    long index = each.append(batches).join();
                    TestCluster.await("entry " + index, () -> Objects.requireNonNull(watched).lastIndex >= index);
                    return CompletableFuture.completedFuture(index);
                } catch (CompletionException e) {
                    if (!(e.getCause() instanceof LogUnavailableException)
                            && !(e.getCause() instanceof AppendUnknownException)) {
                        throw e;
                    }
                }
            }
        }
    }

    private void letLead(int id) {
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
        return logs.get(0).readBarrier();
    }

    @Override
    public void close() {
        closed = true;
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
