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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What sessions send to a leader, on its way into the log: while one entry is in flight the batches of all sessions that
 * arrive fill the next one. A thread of its own appends, also what lets time pass. Thread-safe.
 */
final class Intake implements AutoCloseable {

    static final int QUEUE_MAX = 16_384;
    private static final int COMMANDS_MAX = 4_096;
    private static final long BYTES_MAX = 1 << 19; // an entry goes to the other members in one frame
    private static final long IDLE_MILLIS = 50;
    private static final long CLOSE_MILLIS = 5_000;

    private final CoordinatorLog log;
    private final StateReplica replica;
    private final BlockingQueue<Arrived> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Consumer<Throwable> whenBroken;
    private final Thread thread = new Thread(this::run, "dtx-intake");
    private volatile boolean leads;
    private volatile boolean closed;

    private record Arrived(SessionBatch batch, long weight, long sinceNanos, CompletableFuture<List<Reply>> answer) {}

    /**
     * Is ready to {@link #start}.
     *
     * @param whenBroken told what has ended the thread against its will: nothing is appended any more
     */
    Intake(CoordinatorLog log, StateReplica replica, Consumer<Throwable> whenBroken) {
        this.log = log;
        this.replica = replica;
        this.whenBroken = whenBroken;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
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
        } else if (closed) {
            refuseQueued();
        }
        return arrived.answer;
    }

    private void run() {
        try {
            appendUntilClosed();
        } catch (RuntimeException | Error e) {
            closed = true;
            whenBroken.accept(e);
        } finally {
            refuseQueued();
        }
    }

    private void appendUntilClosed() {
        @Nullable Arrived left = null;
        while (!closed) {
            Arrived first = left == null ? next() : left;
            left = null;
            if (first != null && !leads) {
                first.answer.completeExceptionally(notLeading(null));
            } else if (first != null) {
                List<Arrived> flight = new ArrayList<>();
                left = take(first, flight);
                append(flight);
            } else if (leads && replica.nextDue() <= log.time()) {
                append(List.of());
            }
        }
        if (left != null) {
            left.answer.completeExceptionally(notLeading(null));
        }
    }

    private @Nullable Arrived next() {
        try {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed = true; // nobody interrupts this thread but a virtual machine that ends
            return null;
        }
    }

    /** Takes what fits into one entry; returns what was taken from the queue and does not fit, or null. */
    private @Nullable Arrived take(Arrived first, List<Arrived> flight) {
        int commands = 0;
        long weight = 0;
        Arrived next = first;
        while (next != null) {
            commands += next.batch.commands().size();
            weight += next.weight;
            boolean full = commands > COMMANDS_MAX || weight > BYTES_MAX;
            if (!flight.isEmpty() && (full || isUnnumbered(next) || isUnnumbered(flight.get(0)))) {
                return next;
            }
            flight.add(next);
            next = queue.poll();
        }
        return null;
    }

    private void append(List<Arrived> flight) {
        try {
            long begun = System.nanoTime();
            long index =
                    log.append(flight.stream().map(Arrived::batch).toList()).join();
            long logged = System.nanoTime();
            List<List<Reply>> replies = replica.repliesTo(index);
            if (replies == null) {
                throw notLeading(null); // another leader's entry has been applied since: ask that one
            }
            for (int i = 0; i < flight.size(); i++) {
                flight.get(i).answer.complete(replies.get(i));
            }
            record(index, flight, begun, logged);
        } catch (RuntimeException e) {
            refuse(flight, e);
        } catch (Error e) {
            refuse(flight, e);
            throw e;
        }
    }

    private static void record(long index, List<Arrived> flight, long begun, long logged) {
        EntryEvent event = new EntryEvent();
        if (event.isEnabled()) {
            event.index = index;
            event.batches = flight.size();
            event.queued = flight.isEmpty() ? 0 : begun - flight.get(0).sinceNanos;
            event.logged = logged - begun;
            event.answered = System.nanoTime() - logged;
            event.commit();
        }
    }

    private static void refuse(List<Arrived> flight, Throwable cause) {
        for (Arrived each : flight) {
            each.answer.completeExceptionally(notLeading(cause));
        }
    }

    private void refuseQueued() {
        for (Arrived each = queue.poll(); each != null; each = queue.poll()) {
            each.answer.completeExceptionally(notLeading(null));
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
        return cause instanceof NotLeadingException known
                ? known
                : new NotLeadingException(
                        "DTX-7030 this member does not lead, or not any more: what was sent may or may not be applied;"
                                + " send it again to the leader",
                        cause);
    }

    /** Waits for the entry in flight; what is not in it is refused. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
