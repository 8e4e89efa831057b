package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins what callers submit into entries. While one entry is in flight the next one fills: the entry in flight is the batching
 * window, nothing waits for a timer. Who appends, and when, depends on where the log is: {@link OwnLogBatcher},
 * {@link NetworkBatcher}.
 *
 * <p>Whoever holds {@link #inFlight} leads: it alone takes from the queue, numbers commands, and appends.
 */
abstract sealed class Batcher implements AutoCloseable permits OwnLogBatcher, NetworkBatcher {

    private static final System.Logger LOG = System.getLogger(Batcher.class.getName());

    private static final int COMMANDS_MAX = 1024;
    static final int QUEUE_MAX = 65_536;

    final CoordinatorLink link;
    final AtomicBoolean inFlight = new AtomicBoolean();
    final Thread thread;
    volatile boolean closed;
    volatile @Nullable Throwable failure;
    private final long bytesMax;
    private final LongConsumer whenEnded;
    private final ConcurrentLinkedQueue<Submission> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore room;
    private volatile @Nullable Numbering numbering;

    Batcher(CoordinatorLink link, long bytesMax, int queueMax, LongConsumer whenEnded) {
        this.link = link;
        this.bytesMax = bytesMax;
        this.whenEnded = whenEnded;
        this.room = new Semaphore(queueMax);
        this.thread = new Thread(this::run, "dtx-log");
        thread.setDaemon(true);
    }

    /**
     * Returns one that is ready to {@link #start}.
     *
     * @param queueMax how many submissions may wait to be on their way; then {@link #submit} blocks
     * @param whenEnded told the session that the state has refused to hear, for others have ended it
     */
    static Batcher to(CoordinatorLink link, int queueMax, LongConsumer whenEnded) {
        return link.isShared()
                ? new NetworkBatcher(link, queueMax, whenEnded)
                : new OwnLogBatcher(link, queueMax, whenEnded);
    }

    void start() {
        thread.start();
    }

    /** Numbers what is submitted from now on as this session's. */
    void numberFor(OwnSession own) {
        numbering = new Numbering(own);
    }

    /**
     * Queues commands for the next entry; blocks while too many wait.
     *
     * @param waits whether the caller waits for the answer next: it must, for it may be relied on to append
     */
    Submission submit(List<LogCommand> commands, boolean waits) {
        Submission submission = new Submission(commands, this);
        if (closed) {
            submission.fail(refusal());
            return submission;
        }
        if (!fits(submission)) {
            submission.answer(Collections.nCopies(commands.size(), Reply.rejected(Submission.TOO_LARGE, null)), 0);
            return submission;
        }
        room.acquireUninterruptibly();
        queue.add(submission);
        if (failure != null) {
            refuseQueued();
        } else if (waits) {
            waits(submission);
        } else {
            unattended();
        }
        return submission;
    }

    /** Returns whether a submission can be taken at all. */
    abstract boolean fits(Submission submission);

    /** The caller waits for a submission from now on, and looks whether it is to {@link #leadIfFree}. */
    void waits(Submission submission) {
        submission.waitsHere();
    }

    /** Appends for all if callers do, something is queued, nothing in flight; who waits calls it. Returns whether it did. */
    abstract boolean leadIfFree();

    /** Something may be queued for which no caller waits, or does not wait any more. */
    abstract void unattended();

    /** Returns how many submissions are not on their way yet. */
    int queued() {
        return queue.size();
    }

    /** The work of its own thread, until this is closed or has failed. */
    abstract void run();

    final boolean isQueueEmpty() {
        return queue.isEmpty();
    }

    /** Wakes the first one that waits for something that is queued; returns whether there is one. */
    final boolean isWaiterWoken() {
        for (Submission each : queue) {
            if (each.isWoken()) {
                return true;
            }
        }
        return false;
    }

    /** Takes what fits into one entry. Unnumbered commands get an entry of their own. */
    final List<SessionBatch> take(List<Submission> flight) {
        List<LogCommand> commands = new ArrayList<>();
        Numbering numbers = numbering;
        long weight = 0;
        for (Submission next = queue.peek(); next != null; next = queue.peek()) {
            if (numbers != null && numbers.refuses(next)) {
                next.answer(Collections.nCopies(next.commands.size(), Reply.fenced()), 0);
                queue.remove();
                room.release();
                continue;
            }
            weight += next.weight;
            boolean full = commands.size() + next.commands.size() > COMMANDS_MAX || weight > bytesMax;
            if (!flight.isEmpty()
                    && (full || next.isUnnumbered() || flight.get(0).isUnnumbered())) {
                break;
            }
            flight.add(next); // before it is in no queue: this may fail
            queue.remove();
            commands.addAll(next.commands);
        }
        room.release(flight.size());
        if (commands.isEmpty()) {
            return List.of(); // only lets time pass
        }
        return List.of(
                numbers == null || flight.get(0).isUnnumbered()
                        ? new SessionBatch(0, 0, 0, commands)
                        : numbers.batch(commands));
    }

    static void answer(List<Submission> flight, List<Reply> replies) {
        int next = 0;
        for (Submission each : flight) {
            each.answer(replies, next);
            next += each.commands.size();
        }
    }

    /** Tells whoever is to know it if the replies say that the batches' session has ended. */
    final void noteEnd(List<SessionBatch> batches, List<Reply> replies) {
        for (Reply each : replies) {
            if (each.is(Reply.Kind.FENCED, Reply.Kind.GAP)) {
                tellEnded(batches.get(0).session());
                return;
            }
        }
    }

    private void tellEnded(long session) {
        try {
            whenEnded.accept(session);
        } catch (RuntimeException | Error e) { // the next answer or heartbeat says so again
            LOG.log(System.Logger.Level.ERROR, "DTX-7038 nobody sees to the end of session " + session + " yet.", e);
        }
    }

    /** Whoever fails keeps the flight: nothing is appended any more. */
    final void fail(List<Submission> flight, Throwable cause) {
        failure = cause;
        for (Submission each : flight) {
            each.fail(new CoordinatorStoppedException(
                    "DTX-7011 the coordinator log has stopped; what was submitted may or may not be in it", cause));
        }
        refuseQueued();
        LockSupport.unpark(thread);
    }

    private void refuseQueued() {
        for (Submission each = queue.poll(); each != null; each = queue.poll()) {
            room.release();
            each.fail(refusal());
        }
    }

    private CoordinatorStoppedException refusal() {
        return new CoordinatorStoppedException(
                "DTX-7010 the coordinator log has stopped; nothing was appended", failure);
    }

    /** Appends what is queued, then stops. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
