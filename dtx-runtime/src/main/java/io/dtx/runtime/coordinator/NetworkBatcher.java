package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * For a log behind a network, where an append may take longer than a caller can wait. Whoever submits when nothing is in flight
 * sends what is queued, the thread that brings the answer answers the callers and sends the next batch, and what was not
 * answered is left to a thread of its own, which asks until somebody answers.
 */
final class NetworkBatcher extends Batcher {

    private static final long FRAME_BYTES_MAX = 1 << 18; // leaves room for others' batches in an entry

    private volatile @Nullable Sent sent; // what is in flight
    private volatile boolean ended; // the thread is

    NetworkBatcher(CoordinatorLink link, int queueMax, LongConsumer whenEnded) {
        super(link, FRAME_BYTES_MAX, queueMax, whenEnded);
    }

    @Override
    boolean fits(Submission submission) {
        return submission.weight <= FRAME_BYTES_MAX;
    }

    @Override
    void waits(Submission submission) {
        super.waits(submission);
        sendQueued();
    }

    /** What callers submit they have sent. */
    @Override
    boolean leadIfFree() {
        return false;
    }

    @Override
    void unattended() {
        sendQueued();
    }

    /** Sends what is queued, unless something is in flight: whoever brings the answer to that sends it. */
    private void sendQueued() {
        while (!isQueueEmpty() && !inFlight.get()) {
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
    @Override
    void run() {
        while (failure == null && !(closed && isQueueEmpty() && sent == null)) {
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
                if ((aloft == null || !aloft.left) && !(closed && isQueueEmpty() && aloft == null)) {
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

    private static IllegalStateException unheard() {
        return new IllegalStateException("this process was closed before it heard what became of it");
    }

    /** What was sent over a network, and the answer is not there. */
    private static final class Sent {
        final List<Submission> flight = new ArrayList<>();
        List<SessionBatch> batches = List.of();
        volatile boolean left;
    }
}
