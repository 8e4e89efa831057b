package io.dtx.runtime.coordinator;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What sessions send to a leader, on its way into the log: while one entry is in flight the batches of all sessions that
 * arrive fill the next one. It has no thread: who brings a batch when nothing is in flight appends it, and who brings the end of
 * an entry answers it and appends the next one; so nothing here waits. Thread-safe.
 *
 * <p>Whoever holds {@link #flight} appends: it alone takes from the queue.
 */
final class Intake implements AutoCloseable {

    static final int QUEUE_MAX = 16_384;
    private static final int COMMANDS_MAX = 4_096;
    private static final long BYTES_MAX = 1 << 19; // an entry goes to the other members in one frame
    private static final long CLOSE_MILLIS = 5_000;

    private final CoordinatorLog log;
    private final StateReplica replica;
    private final BlockingQueue<Arrived> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Semaphore flight = new Semaphore(1);
    private final Consumer<Throwable> whenBroken;
    private volatile boolean leads;
    private volatile boolean closed;

    private record Arrived(SessionBatch batch, long weight, long sinceNanos, CompletableFuture<List<Reply>> answer) {}

    /**
     * Takes nothing before it {@link #leads}.
     *
     * @param whenBroken told what has ended it against its will: nothing is appended any more
     */
    Intake(CoordinatorLog log, StateReplica replica, Consumer<Throwable> whenBroken) {
        this.log = log;
        this.replica = replica;
        this.whenBroken = whenBroken;
    }

    /** Begins to append, or ceases to. */
    void leads(boolean leads) {
        this.leads = leads;
    }

    /**
     * Queues a batch for the next entry.
     *
     * @return the replies, one per command; exceptionally a {@link NotLeadingException}
     */
    CompletableFuture<List<Reply>> submit(SessionBatch batch) {
        Arrived arrived = new Arrived(batch, weight(batch), System.nanoTime(), new CompletableFuture<>());
        if (!leads || closed) {
            arrived.answer.completeExceptionally(notLeading(null));
        } else if (!queue.offer(arrived)) {
            arrived.answer.completeExceptionally(new NotLeadingException(
                    "DTX-7031 this member has " + QUEUE_MAX + " batches waiting already; send again a little later",
                    null));
        } else {
            appendQueued();
        }
        return arrived.answer;
    }

    /** Lets what is due by now happen. To be called every now and then. */
    void letTimePass() {
        if (leads && !closed && replica.nextDue() <= log.time() && flight.tryAcquire()) {
            if (append(List.of())) {
                land();
            }
        }
    }

    /** Appends what is queued, unless something is in flight: whoever ends that appends it. */
    private void appendQueued() {
        while (!queue.isEmpty() && flight.tryAcquire()) {
            if (!appendNext()) {
                return;
            }
            flight.release();
        }
    }

    /** Appends an entry of what is queued; returns whether it has ended by now. */
    private boolean appendNext() {
        List<Arrived> next = new ArrayList<>();
        try {
            take(next);
            return next.isEmpty() || append(next);
        } catch (RuntimeException | Error e) { // whoever brings the next batch must not find the flight taken for ever
            end(next, e);
            return true;
        }
    }

    /** Nothing is in flight any more. */
    private void land() {
        flight.release();
        appendQueued();
    }

    /** Takes what fits into one entry. */
    private void take(List<Arrived> taken) {
        int commands = 0;
        long weight = 0;
        for (Arrived next = queue.peek(); next != null; next = queue.peek()) {
            commands += next.batch.commands().size();
            weight += next.weight;
            boolean full = commands > COMMANDS_MAX || weight > BYTES_MAX;
            if (!taken.isEmpty() && (full || isUnnumbered(next) || isUnnumbered(taken.get(0)))) {
                return;
            }
            taken.add(next);
            queue.remove();
        }
    }

    /** Appends an entry; returns whether it has ended by now, else it lands when it ends. */
    private boolean append(List<Arrived> entry) {
        if (!leads || closed) {
            refuse(entry, notLeading(null));
            return true;
        }
        try {
            long begun = System.nanoTime();
            CompletableFuture<Long> index =
                    log.append(entry.stream().map(Arrived::batch).toList());
            if (index.isDone()) {
                CompletableFuture<Long> unused = index.whenComplete((at, failure) -> answer(entry, begun, at, failure));
                return true;
            }
            CompletableFuture<Long> unused = index.whenComplete((at, failure) -> {
                try {
                    answer(entry, begun, at, failure);
                } finally {
                    land();
                }
            });
            return false;
        } catch (RuntimeException e) {
            refuse(entry, e);
            return true;
        } catch (Error e) {
            end(entry, e);
            return true;
        }
    }

    /** Called by who has applied the entry: no later one has been applied yet. */
    private void answer(List<Arrived> entry, long begun, @Nullable Long index, @Nullable Throwable failure) {
        try {
            if (index == null) {
                refuse(entry, failure);
                return;
            }
            long logged = System.nanoTime();
            List<List<Reply>> replies = replica.repliesTo(index);
            if (replies == null) {
                refuse(entry, null); // another leader's entry has been applied since: ask that one
                return;
            }
            for (int i = 0; i < entry.size(); i++) {
                entry.get(i).answer.complete(replies.get(i));
            }
            record(index, entry, begun, logged);
        } catch (RuntimeException | Error e) {
            end(entry, e);
        }
    }

    private void end(List<Arrived> entry, Throwable cause) {
        closed = true;
        try {
            whenBroken.accept(cause);
        } finally {
            refuse(entry, cause);
        }
    }

    private static void record(long index, List<Arrived> entry, long begun, long logged) {
        EntryEvent event = new EntryEvent();
        if (event.isEnabled()) {
            event.index = index;
            event.batches = entry.size();
            event.queued = entry.isEmpty() ? 0 : begun - entry.get(0).sinceNanos;
            event.logged = logged - begun;
            event.answered = System.nanoTime() - logged;
            event.commit();
        }
    }

    private static void refuse(List<Arrived> entry, @Nullable Throwable cause) {
        for (Arrived each : entry) {
            each.answer.completeExceptionally(notLeading(cause));
        }
    }

    private static boolean isUnnumbered(Arrived arrived) {
        return arrived.batch.session() == 0;
    }

    private static long weight(SessionBatch batch) {
        long bytes = 0;
        for (LogCommand each : batch.commands()) {
            bytes += Submission.weight(each);
        }
        return bytes;
    }

    private static NotLeadingException notLeading(@Nullable Throwable cause) {
        Throwable inner = cause instanceof CompletionException ? cause.getCause() : cause;
        return inner instanceof NotLeadingException known
                ? known
                : new NotLeadingException(
                        "DTX-7030 this member does not lead, or not any more: what was sent may or may not be applied;"
                                + " send it again to the leader",
                        inner);
    }

    /** Waits for the entry in flight; what is not in it is refused. */
    @Override
    public void close() {
        closed = true;
        try {
            if (flight.tryAcquire(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                flight.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        appendQueued();
    }
}
