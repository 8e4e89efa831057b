package io.dtx.runtime.crash;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A planted bug: from some moment on it acknowledges what it does not write. */
final class LyingLog extends ForwardingLog implements Replica {

    private Replica replica;
    private LogEntry last;
    private volatile boolean lies;

    LyingLog(CoordinatorLog log) {
        super(log);
    }

    void lie() {
        lies = true;
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        if (!lies) {
            return log.append(batches);
        }
        last = new LogEntry(last.index() + 1, last.term(), log.time(), last.wallClock(), batches);
        replica.onCommitted(last);
        return CompletableFuture.completedFuture(last.index());
    }

    @Override
    public void start(Replica driven) {
        replica = driven;
        log.start(this);
    }

    @Override
    public void onCommitted(LogEntry entry) {
        last = entry;
        replica.onCommitted(entry);
    }

    @Override
    public void restore(Snapshot snapshot) {
        replica.restore(snapshot);
    }

    @Override
    public Snapshot snapshot() {
        return replica.snapshot();
    }

    @Override
    public void onLeader(long term) {
        replica.onLeader(term);
    }

    @Override
    public void onFollower() {
        replica.onFollower();
    }

    @Override
    public void onFailed(Throwable cause) {
        replica.onFailed(cause);
    }
}
