package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins what callers submit into entries. While one entry is in flight the next one fills: the entry in flight is the batching
 * window, nothing waits for a timer. Whoever waits for an answer may append: a caller that finds nothing in flight does so at
 * once, and whoever has appended wakes one of those who wait to go on, before it wakes the others of its own entry. Who comes
 * first goes on: the one that was woken may have to wait for a processor, and the disk must not stand still meanwhile. So no
 * single thread has to be awake for all. What nobody waits for yet is appended by a thread of its own, which also lets time
 * pass when something is due.
 *
 * <p>Over a network an append may take longer than a caller can wait. There whoever submits when nothing is in flight sends what
 * is queued, the thread that brings the answer answers the callers and sends the next batch, and what was not answered is
 * left to the thread of its own, which asks until somebody answers.
 *
 * <p>Whoever holds {@link #inFlight} leads: it alone takes from the queue, numbers commands, appends and hands over.
 */
final class Batcher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Batcher.class.getName());

    private static final int COMMANDS_MAX = 1024;
    private static final long ENTRY_BYTES_MAX = 1 << 20;
    private static final long FRAME_BYTES_MAX = 1 << 18; // what goes over a network leaves room for others' batches
    static final int QUEUE_MAX = 65_536;

    private final CoordinatorLink link;
    private final LongConsumer whenEnded;
    private final boolean callersLead; // not over a network
    private final ConcurrentLinkedQueue<Submission> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore room;
    private final AtomicBoolean inFlight = new AtomicBoolean();
    private final Thread thread;
    private volatile @Nullable Numbering numbering;
    private volatile @Nullable Sent sent; // over a network: what is in flight
    private int together; // submissions in the last entry; whoever leads
    private volatile boolean closed;
    private volatile boolean ended; // the thread is
    private volatile @Nullable Throwable failure;
    private volatile long sleepsUntil; // log time; 0 while the thread is awake

    /**
     * Is ready to {@link #start}.
     *
     * @param queueMax how many submissions may wait to be on their way; then {@link #submit} blocks
     * @param whenEnded told the session that the state has refused to hear, for others have ended it
     */
    Batcher(CoordinatorLink link, int queueMax, LongConsumer whenEnded) {
        this.link = link;
        this.whenEnded = whenEnded;
        this.callersLead = !link.isShared();
        this.room = new Semaphore(queueMax);
        this.thread = new Thread(this::run, "dtx-log");
        thread.setDaemon(true);
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
     * @param waits whether the caller waits for the answer next: it must, for it is relied on to append
     */
    Submission submit(List<LogCommand> commands, boolean waits) {
        Submission submission = new Submission(commands, this);
        if (closed) {
            submission.fail(refusal());
            return submission;
        }
        if (!callersLead && submission.weight > FRAME_BYTES_MAX) {
            submission.answer(Collections.nCopies(commands.size(), Reply.rejected(Submission.TOO_LARGE, null)), 0);
            return submission;
        }
        room.acquireUninterruptibly();
        queue.add(submission);
        if (failure != null) {
            refuseQueued();
        } else if (waits) {
            waits(submission);
        } else if (!callersLead) {
            sendQueued();
        } else if (!inFlight.get()) {
            LockSupport.unpark(thread);
        }
        return submission;
    }

    /** The caller waits for a submission from now on, and looks whether it is to {@link #leadIfFree}. */
    void waits(Submission submission) {
        submission.waitsHere();
        if (!callersLead) {
            sendQueued();
        }
    }

    /** Appends for all if callers do, something is queued, nothing in flight; who waits calls it. Returns whether it did. */
    boolean leadIfFree() {
        if (!callersLead || queue.isEmpty() || inFlight.get() || !inFlight.compareAndSet(false, true)) {
            return false;
        }
        lead();
        return true;
    }

    /** A caller does not wait any more: it may have been woken to go on, and will not. */
    void leaves() {
        if (!inFlight.get()) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns how many submissions are not on their way yet. */
    int queued() {
        return queue.size();
    }

    /** Appends what is queued as one entry, hands over, and answers; the caller holds the flight. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on it
    private void lead() {
        List<Submission> flight = List.of();
        List<Reply> replies = List.of();
        if (together > 1) {
            Thread.yield(); // else those whom the last entry has just answered submit too late for this one
        }
        try {
            flight = new ArrayList<>();
            List<SessionBatch> batches = take(flight);
            together = flight.size();
            if (!batches.isEmpty() || link.nextDue() <= link.time()) {
                List<List<Reply>> answers = link.append(batches);
                replies = answers.isEmpty() ? List.of() : answers.get(0); // one batch of one session
                noteEnd(batches, replies);
            }
        } catch (RuntimeException | Error e) {
            fail(flight, e);
            return;
        }
        try {
            handOver();
        } finally {
            answer(flight, replies);
        }
    }

    private static void answer(List<Submission> flight, List<Reply> replies) {
        int next = 0;
        for (Submission each : flight) {
            each.answer(replies, next);
            next += each.commands.size();
        }
    }

    /** Sends what is queued, unless something is in flight: whoever brings the answer to that sends it. */
    private void sendQueued() {
        while (!queue.isEmpty() && !inFlight.get()) {
            Sent next = new Sent(); // first, for it may fail
            if (!inFlight.compareAndSet(false, true)) {
                return;
            }
            CompletableFuture<List<Reply>> answer;
            try {
                next.batches = take(next.flight);
                if (next.batches.isEmpty()) { // letting time pass is not for this end to do
                    inFlight.set(false);
                    answer(next.flight, List.of());
                    continue;
                }
                sent = next;
                answer = link.send(next.batches.get(0));
            } catch (RuntimeException | Error e) {
                sent = null;
                fail(next.flight, e);
                return;
            }
            if (!answer.isDone()) {
                CompletableFuture<List<Reply>> unused =
                        answer.whenComplete((replies, failure) -> returned(next, replies));
                return;
            }
            if (answer.isCompletedExceptionally()) {
                leave(next);
                return;
            }
            if (!land(next, answer.join())) {
                return;
            }
        }
    }

    private void returned(Sent was, @Nullable List<Reply> replies) {
        if (replies == null) {
            leave(was);
        } else if (land(was, replies)) {
            sendQueued();
        }
    }

    /** Nobody has answered: the thread that may wait goes on. */
    private void leave(Sent unanswered) {
        unanswered.left = true;
        if (ended) {
            fail(unanswered.flight, unheard());
        } else {
            LockSupport.unpark(thread);
        }
    }

    /** Ends a flight. What those submit whom it wakes goes with the next one, not each by itself. */
    private boolean land(Sent was, List<Reply> replies) {
        try {
            noteEnd(was.batches, replies);
            answer(was.flight, replies);
        } catch (RuntimeException | Error e) {
            fail(was.flight, e);
            return false;
        }
        sent = null;
        inFlight.set(false);
        if (closed) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    /** Appends what was sent and not answered, as long as it takes. */
    private void insist() {
        while (failure == null && !(closed && queue.isEmpty() && sent == null)) {
            Sent unanswered = sent;
            if (unanswered != null && unanswered.left) {
                try {
                    List<List<Reply>> replies = link.append(unanswered.batches);
                    returned(unanswered, replies.get(0));
                } catch (RuntimeException | Error e) {
                    fail(unanswered.flight, e);
                }
            } else {
                sendQueued();
                Sent aloft = sent;
                if ((aloft == null || !aloft.left) && !(closed && queue.isEmpty() && aloft == null)) {
                    LockSupport.park(this);
                }
            }
        }
        ended = true;
        Sent late = sent;
        if (late != null && late.left && failure == null) { // submitted while this was closed
            fail(late.flight, unheard());
        }
    }

    private void noteEnd(List<SessionBatch> batches, List<Reply> replies) {
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

    private void run() {
        if (callersLead) {
            letTimePass();
        } else {
            insist();
        }
    }

    private void letTimePass() {
        while (failure == null && !(closed && queue.isEmpty())) {
            long due = link.nextDue();
            long millis = due - link.time();
            if (queue.isEmpty() && millis > 0) {
                sleepsUntil = due;
                if (queue.isEmpty() && link.nextDue() == due && !closed) {
                    LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
                }
            } else if (inFlight.compareAndSet(false, true)) {
                sleepsUntil = 0;
                lead();
            } else {
                sleepsUntil = Long.MAX_VALUE;
                if (inFlight.get()) {
                    LockSupport.park(this);
                }
            }
        }
    }

    /** Sees to it that somebody appends the next entry. Who comes to wait after the first line looks for itself. */
    private void handOver() {
        inFlight.set(false);
        if (isWaiterWoken()) {
            return;
        }
        if (!queue.isEmpty() || closed || link.nextDue() < sleepsUntil) {
            LockSupport.unpark(thread);
        }
    }

    private boolean isWaiterWoken() {
        for (Submission each : queue) {
            if (each.isWoken()) {
                return true;
            }
        }
        return false;
    }

    /** Takes what fits into one entry. Unnumbered commands get an entry of their own. */
    private List<SessionBatch> take(List<Submission> flight) {
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
            boolean full = commands.size() + next.commands.size() > COMMANDS_MAX
                    || weight > (callersLead ? ENTRY_BYTES_MAX : FRAME_BYTES_MAX);
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

    /** Whoever fails keeps the flight: nothing is appended any more. */
    private void fail(List<Submission> flight, Throwable cause) {
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

    private static IllegalStateException unheard() {
        return new IllegalStateException("this process was closed before it heard what became of it");
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

    /** What was sent over a network, and the answer is not there. */
    private static final class Sent {
        final List<Submission> flight = new ArrayList<>();
        List<SessionBatch> batches = List.of();
        volatile boolean left;
    }
}
