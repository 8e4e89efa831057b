package io.dtx.runtime.coordinator;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.Participants;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does what the state says is to be done, live and after a crash alike: claims pending compensations and has them run.
 * Thread-safe.
 */
public final class ActionDriver {

    private static final System.Logger LOG = System.getLogger(ActionDriver.class.getName());

    private static final int SCAN_PER_LANE = 2 * Lanes.WIDTH; // those at work may be pending again, and are skipped
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Coordinator coordinator;
    private final Compensator compensator;
    private final long attemptTimeoutMillis;
    private final Lanes lanes = new Lanes();
    private final Map<TransactionId, CompletableFuture<@Nullable Void>> firstRounds = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> daemon(task, "dtx-action"));
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean closed;

    /** Is ready to {@link #start}. */
    public ActionDriver(
            Coordinator coordinator,
            Participants participants,
            Map<String, GuardedResource> resources,
            long attemptTimeoutMillis) {
        this.coordinator = coordinator;
        this.compensator = new Compensator(coordinator, participants, resources);
        this.attemptTimeoutMillis = attemptTimeoutMillis;
    }

    /** Begins with whatever an earlier process left. */
    public void start() {
        coordinator.whenActionsPend(wakeUps::release);
        daemon(this::scan, "dtx-actions").start();
        wakeUps.release();
    }

    /** A claim that an owner appends together with its decision to abort. */
    public final class Ride {
        private final Action action;
        private final Lanes.Place place;

        private Ride(Action action, Lanes.Place place) {
            this.action = action;
            this.place = place;
        }

        /** Returns the command to append right after the decision. */
        public LogCommand claim() {
            return Undoing.claim(action, attemptTimeoutMillis);
        }

        /** Goes on with the compensation, or leaves it to the scan, as the claim was answered. */
        public void answered(Reply reply) {
            if (Undoing.isOurs(reply)) {
                work(place, () -> undo(action, place));
            } else {
                place.leave();
                wakeUps.release();
            }
        }

        /** Leaves the compensation to whoever finds it pending: whether we have claimed it is not known here. */
        public void unanswered() {
            place.leave();
            wakeUps.release();
        }
    }

    /** Returns a claim for a transaction's last step, or null if its lane is full: the scan will come by. */
    public @Nullable Ride ride(TransactionId transaction, long step, @Nullable String resource, String stepName) {
        Action action = new Action(transaction, step, 1);
        Lanes.Place place = closed ? null : lanes.enter(action, resource, stepName);
        return place == null ? null : new Ride(action, place);
    }

    /**
     * Returns a future of the moment at which every compensation of a transaction has ended, or one has failed or was parked.
     * To be asked for before the transaction is aborted, and to be {@linkplain #forgetFirstRound forgotten}.
     */
    public CompletableFuture<@Nullable Void> firstRound(TransactionId transaction) {
        return firstRounds.computeIfAbsent(transaction, id -> new CompletableFuture<>());
    }

    /** Nobody waits for the transaction's first round any more. */
    public void forgetFirstRound(TransactionId transaction) {
        firstRounds.remove(transaction);
    }

    /**
     * Begins no other attempts, and lets those that run end. One that has not by then is interrupted and no longer waited for:
     * whoever opens the log next makes it again.
     */
    public void close(long waitMillis) {
        closed = true;
        wakeUps.release();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(waitMillis, TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void scan() {
        while (true) {
            wakeUps.acquireUninterruptibly();
            wakeUps.drainPermits();
            if (closed) {
                return;
            }
            try {
                workOnPending();
            } catch (RuntimeException e) {
                askAgain(e);
            }
        }
    }

    private void workOnPending() {
        for (Action each : coordinator.pendingActions(SCAN_PER_LANE)) {
            TransactionState transaction = coordinator.transaction(each.transaction());
            StepState step = transaction == null ? null : transaction.step(each.step());
            Lanes.Place place = step == null
                    ? null
                    : lanes.enter(each, step.intent().resource(), step.intent().name());
            if (place != null) {
                work(place, () -> claimAndUndo(each, place));
            }
        }
    }

    /** Nobody could be asked: the thread that asks must outlive that, for nobody else does in this process. */
    private void askAgain(RuntimeException cause) {
        if (!closed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-4025 nobody says what is to be undone; it is asked again.",
                    cause);
            LockSupport.parkNanos(this, ASK_AGAIN_NANOS);
            wakeUps.release();
        }
    }

    /** Has it done by a worker, unless the workers are closing: then the next start does it. */
    private void work(Lanes.Place place, Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            place.leave();
        }
    }

    private void claimAndUndo(Action action, Lanes.Place place) {
        Reply answer = null;
        try {
            List<LogCommand> claim = List.of(Undoing.claim(action, attemptTimeoutMillis));
            answer = coordinator.submit(claim, true).join().get(0);
        } catch (RuntimeException e) {
            stopped(action, e);
        }
        if (answer != null && Undoing.isOurs(answer)) {
            undo(action, place);
            return;
        }
        place.leave();
        if (answer != null && answer.is(Reply.Kind.REJECTED)) {
            wakeUps.release(); // what is due instead was passed over while the place was taken
        }
    }

    private void undo(Action action, Lanes.Place place) {
        boolean whole = false;
        try {
            whole = new Undoing(coordinator, compensator, attemptTimeoutMillis, place).run(action);
        } catch (RuntimeException e) {
            stopped(action, e);
        } finally {
            place.leave();
            CompletableFuture<@Nullable Void> waiting = firstRounds.get(action.transaction());
            if (waiting != null && (!whole || isOver(action.transaction()))) {
                waiting.complete(null);
            }
            wakeUps.release();
        }
    }

    private boolean isOver(TransactionId transaction) {
        try {
            TransactionState now = coordinator.transaction(transaction);
            return now == null || now.status().isFinal();
        } catch (CoordinatorUnavailableException e) {
            return true; // whoever waits finds out by asking, too
        }
    }

    private static void stopped(Action action, RuntimeException cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                "DTX-4010 " + action.transaction()
                        + ": its compensation stopped here; whoever opens the log next goes on.",
                cause);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
