package io.dtx.runtime.simulation;

import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.LogClock;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The log of a process that is alone with it: slow, and one that stops with an entry of which nobody knows whether it is durable. */
final class LoneLog implements CoordinatorLog {

    private final LogStore store;
    private final Kernel kernel;
    private final Faults faults;
    private final Runnable whenStopped;
    private LogClock clock = new LogClock(0);
    private @Nullable Replica replica;
    private long term;
    private boolean stopped;

    LoneLog(LogStore store, Kernel kernel, Faults faults, Runnable whenStopped) {
        this.store = store;
        this.kernel = kernel;
        this.faults = faults;
        this.whenStopped = whenStopped;
    }

    @Override
    public void start(Replica replica) {
        Kernel.point();
        store.replay(replica);
        clock = new LogClock(store.lastTime());
        term = store.nextTerm();
        this.replica = replica;
        replica.onLeader(term);
    }

    @Override
    public long cluster() {
        return store.cluster;
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        Kernel.point();
        Replica driven = replica;
        if (driven == null || stopped) {
            return CompletableFuture.failedFuture(new LogUnavailableException("the log is closed", null));
        }
        LogEntry entry = new LogEntry(store.lastIndex() + 1, term, clock.millis(), System.currentTimeMillis(), batches);
        kernel.pauseNanos(kernel.chance().between(20_000, 2_000_000));
        if (faults.strikes(FaultKind.LOG_SLOW)) {
            kernel.pauseNanos(kernel.chance().between(10_000_000, 900_000_000));
        }
        if (faults.strikes(FaultKind.LOG_FAILS_WITHOUT)) {
            return stop(driven, "without");
        }
        store.add(entry);
        kernel.note(() -> "durable " + entry.index() + " " + entry.time() + " " + entry.batches());
        if (faults.strikes(FaultKind.LOG_FAILS_WITH)) {
            return stop(driven, "with");
        }
        kernel.pauseNanos(kernel.chance().between(1_000, 100_000));
        driven.onCommitted(entry);
        if (kernel.chance().oneIn(40)) {
            store.snapshot(driven, entry.index());
        }
        return CompletableFuture.completedFuture(entry.index());
    }

    private CompletableFuture<Long> stop(Replica driven, String how) {
        kernel.note(() -> "the log stops " + how + " its last entry");
        stopped = true;
        AppendUnknownException failure = new AppendUnknownException("the disk failed", null);
        driven.onFailed(failure);
        whenStopped.run();
        return CompletableFuture.failedFuture(failure);
    }

    @Override
    public long time() {
        return clock.millis();
    }

    @Override
    public byte[] read(Payload payload) {
        Kernel.point();
        return store.read(payload);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        return replica == null || stopped
                ? CompletableFuture.failedFuture(new LogUnavailableException("the log is closed", null))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        Kernel.point();
        replica = null;
    }
}
