package io.dtx.runtime.coordinator;

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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does what the state says is to be done, live and after a crash alike: claims pending compensations and has them run.
 * Thread-safe.
 */
public final class ActionDriver {

    private static final System.Logger LOG = System.getLogger(ActionDriver.class.getName());

    private static final int SCAN_PER_LANE = 2 * Lanes.WIDTH; // those at work may be pending again, and are skipped
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long ASK_AGAIN_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final Coordinator coordinator;
    private final Function<LogCommand, Reply> claims;
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
        this(
                coordinator,
                participants,
                resources,
                attemptTimeoutMillis,
                claim -> coordinator.submit(List.of(claim), true).join().get(0));
    }

    /**
     * Is ready to {@link #start}.
     *
     * @param claims appends a claim, and waits for its answer
     */
    ActionDriver(
            Coordinator coordinator,
            Participants participants,
            Map<String, GuardedResource> resources,
            long attemptTimeoutMillis,
            Function<LogCommand, Reply> claims) {
        this.coordinator = coordinator;
        this.claims = claims;
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
                try {
                    work(place, () -> undo(action, place));
                } catch (Throwable e) { // whose transaction it is has its decision; the claim ends by itself
                    stopped(action, e);
                }
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
        long failures = 0;
        while (true) {
            wakeUps.acquireUninterruptibly();
            wakeUps.drainPermits();
            if (closed) {
                return;
            }
            try {
                workOnPending();
                failures = 0;
            } catch (Throwable e) { // also for want of memory or threads: nobody else asks in this process
                askAgain(e, ++failures);
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

    /** Asks again, unless this is closed, less and less often. */
    private void askAgain(Throwable cause, long failures) {
        if (!closed) {
            waitAfter(cause, failures);
            wakeUps.release();
        }
    }

    /** Nobody could be asked, or nobody can work: says so with all that is known at first, and waits longer and longer. */
    private void waitAfter(Throwable cause, long failures) {
        LOG.log(
                System.Logger.Level.WARNING,
                "DTX-4025 nobody says what is to be undone, or nobody can begin with it; it is asked again."
                        + (failures == 1 ? "" : " " + cause),
                failures == 1 ? cause : null);
        LockSupport.parkNanos(this, Math.min(failures * ASK_AGAIN_NANOS, ASK_AGAIN_NANOS_MAX));
    }

    /** Has it done by a worker, unless the workers are closing: then the next start does it. */
    private void work(Lanes.Place place, Runnable task) {
        boolean taken = false;
        try {
            workers.execute(task);
            taken = true;
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "a compensation is left to the next start", e);
        } finally {
            if (!taken) { // also if there is no other thread to be had
                place.leave();
            }
        }
    }

    private void claimAndUndo(Action action, Lanes.Place place) {
        boolean ours = false;
        boolean again = true;
        try {
            Reply answer = claims.apply(Undoing.claim(action, attemptTimeoutMillis));
            ours = Undoing.isOurs(answer);
            again = answer.is(Reply.Kind.REJECTED); // what is due instead was passed over while the place was taken
        } catch (CoordinatorStoppedException e) {
            again = false;
            stopped(action, e);
        } catch (Throwable e) { // for want of memory: the log goes on, and tells nobody of what was there before
            waitAfter(e, 1);
        } finally {
            if (!ours) {
                place.leave();
                if (again) {
                    wakeUps.release();
                }
            }
        }
        if (ours) {
            undo(action, place);
        }
    }

    private void undo(Action action, Lanes.Place place) {
        boolean whole = false;
        try {
            whole = new Undoing(coordinator, compensator, attemptTimeoutMillis, place).run(action);
        } catch (Throwable e) {
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
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "whoever waits for it finds out by asking", e);
            return true;
        }
    }

    private static void stopped(Action action, Throwable cause) {
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
