package io.dtx.runtime.simulation;

import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.LogClock;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.NotLeaderException;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One member's view of a {@link Cluster}'s log: it lags behind what is committed, may believe that it leads when another one does,
 * and does not know then what becomes of its last entry.
 */
final class MemberLog implements CoordinatorLog {

    private final Cluster cluster;
    private final Kernel kernel;
    final Domain domain;
    private final LogStore store;
    private final Semaphore news = new Semaphore(0);
    private final Map<Long, CompletableFuture<@Nullable Void>> awaited = new TreeMap<>();
    private LogClock clock = new LogClock(0);
    private @Nullable Replica replica;
    private @Nullable LogEntry inFlight;
    private boolean believes;
    private boolean closed;
    private long term;
    private long applied;
    private long appliedTime;

    MemberLog(Cluster cluster, Kernel kernel, Domain domain, LogStore store) {
        this.cluster = cluster;
        this.kernel = kernel;
        this.domain = domain;
        this.store = store;
    }

    @Override
    public void start(Replica replica) {
        this.replica = replica;
        kernel.spawn(domain, "apply", () -> apply(replica));
        cluster.joins(this);
    }

    private void apply(Replica driven) {
        while (!closed) {
            while (applied < store.lastIndex()) {
                lag();
                if (applied < store.snapshotIndex()) {
                    applied = store.restore(driven);
                    appliedTime = store.lastTime();
                } else {
                    LogEntry next = store.entry(applied + 1);
                    driven.onCommitted(next);
                    appliedTime = next.time();
                    applied++;
                    if (believes && kernel.chance().oneIn(40)) {
                        store.snapshot(driven, applied);
                    }
                }
                reached();
            }
            lead(driven);
            news.acquireUninterruptibly();
        }
    }

    private void lag() {
        kernel.pauseNanos(kernel.chance().between(1_000, 300_000));
        if (!cluster.leads(this) && cluster.faults().strikes(FaultKind.LAGS)) {
            kernel.pauseNanos(kernel.chance().between(10_000_000, 2_000_000_000));
        }
    }

    /** Whoever hears that its entry is there may append the next one at once. */
    private void reached() {
        List<CompletableFuture<@Nullable Void>> there = new ArrayList<>();
        awaited.entrySet().removeIf(each -> each.getKey() <= applied && there.add(each.getValue()));
        there.forEach(each -> each.complete(null));
    }

    /** Begins to lead once everything is applied, or ceases to when it hears of another leader. */
    private void lead(Replica driven) {
        if (cluster.leads(this) && term != cluster.term()) {
            long next = cluster.term();
            LogClock started = new LogClock(store.lastTime()); // others may come between
            term = next; // with its clock: whoever led before, and appends now, must not stamp with the former one
            clock = started;
            believes = true;
            kernel.note(() -> domain + " leads in term " + term);
            driven.onLeader(term);
        } else if (believes && !cluster.leads(this)) {
            kernel.pauseNanos(kernel.chance().between(100_000, 1_500_000_000)); // until it hears of it
            follow(driven);
        }
    }

    private void follow(Replica driven) {
        if (believes && !cluster.leads(this)) {
            believes = false;
            kernel.note(() -> domain + " follows");
            driven.onFollower();
        }
    }

    /** Something was committed, or somebody else leads. */
    void tell() {
        news.release();
    }

    /** Returns what its last leader was about to commit, and forgets it. */
    @Nullable
    LogEntry takeInFlight() {
        LogEntry entry = inFlight;
        inFlight = null;
        return entry;
    }

    /** Returns whether it takes itself for the leader. */
    boolean believes() {
        return believes;
    }

    @Override
    public long cluster() {
        return store.cluster;
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        Kernel.point();
        Replica driven = replica;
        if (closed || driven == null) {
            return CompletableFuture.failedFuture(new LogUnavailableException("closed", null));
        }
        if (!believes) {
            return CompletableFuture.failedFuture(new NotLeaderException("another one leads", null));
        }
        if (!cluster.leads(this)) {
            Kernel.reached("two members lead");
        }
        long since = term;
        LogEntry entry =
                new LogEntry(store.lastIndex() + 1, since, clock.millis(), System.currentTimeMillis(), batches);
        inFlight = entry;
        kernel.pauseNanos(kernel.chance().between(50_000, 3_000_000));
        if (cluster.faults().strikes(FaultKind.LOG_SLOW)) {
            kernel.pauseNanos(kernel.chance().between(10_000_000, 900_000_000));
        }
        if (inFlight != entry || !cluster.leads(this) || cluster.term() != since || !cluster.hasMajority(this)) {
            inFlight = null;
            kernel.pauseNanos(kernel.chance().between(1_000_000, 300_000_000));
            follow(driven);
            return CompletableFuture.failedFuture(new AppendUnknownException("another one leads by now", null));
        }
        inFlight = null;
        cluster.commit(entry);
        CompletableFuture<@Nullable Void> there = await(entry.index());
        return there.thenApply(nothing -> entry.index());
    }

    private CompletableFuture<@Nullable Void> await(long index) {
        return applied >= index
                ? CompletableFuture.completedFuture(null)
                : awaited.computeIfAbsent(index, each -> new CompletableFuture<>());
    }

    @Override
    public long time() {
        return believes ? clock.millis() : appliedTime;
    }

    @Override
    public byte[] read(Payload payload) {
        Kernel.point();
        return store.read(payload);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        if (closed || !cluster.hasMajority(this)) {
            return CompletableFuture.failedFuture(new LogUnavailableException("no majority answers", null));
        }
        return await(store.lastIndex()).thenApply(nothing -> nothing);
    }

    @Override
    public void close() {
        closed = true;
        news.release();
    }
}
