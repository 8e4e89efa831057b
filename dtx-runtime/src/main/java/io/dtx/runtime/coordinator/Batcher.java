package io.dtx.runtime.coordinator;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Joins what callers submit into entries. While one entry is in flight the next one fills: the entry in flight is the batching
 * window, nothing waits for a timer. A caller that will wait anyway and finds nothing in flight appends its entry itself,
 * which saves two thread switches; everything else is appended by one thread, which also lets time pass when something is due.
 */
final class Batcher implements AutoCloseable {

    /** The state's side of an entry. */
    interface Applied {
        /** Returns the log time of the next moment at which an empty entry would change something. */
        long nextDue();

        /** The entry with these submissions has been applied: answers them. */
        void answer(List<Submission> submissions);
    }

    private static final int COMMANDS_MAX = 1024;
    private static final long ENTRY_BYTES_MAX = 1 << 20;
    private static final int QUEUE_MAX = 65_536;

    private final CoordinatorLog log;
    private final Applied applied;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Submission> queue = new ArrayDeque<>();
    private final Thread thread;
    private @Nullable OwnSession session;
    private long nextCommandNumber = 1;
    private boolean inFlight;
    private boolean closed;
    private @Nullable Throwable failure;
    private long sleepsUntil; // log time; 0 while the thread is awake

    Batcher(CoordinatorLog log, Applied applied) {
        this.log = log;
        this.applied = applied;
        this.thread = new Thread(this::run, "dtx-log");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Numbers what is submitted from now on as this session's. */
    void numberFor(OwnSession own) {
        lock.lock();
        try {
            session = own;
            nextCommandNumber = 1;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues commands for the next entry; blocks while too many wait.
     *
     * @param waits whether the caller is about to wait for the answer: it may then append the entry itself
     */
    Submission submit(List<LogCommand> commands, boolean waits) {
        Submission submission = new Submission(commands);
        boolean leads = false;
        lock.lock();
        try {
            while (queue.size() >= QUEUE_MAX && failure == null) {
                room.awaitUninterruptibly();
            }
            if (closed || failure != null) {
                throw new CoordinatorStoppedException(
                        "DTX-7010 the coordinator log has stopped; nothing was appended", failure);
            }
            queue.add(submission);
            leads = waits && !inFlight && queue.size() == 1;
            if (leads) {
                inFlight = true;
            } else if (!inFlight) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
        if (leads) {
            appendNext();
            handOver();
        }
        return submission;
    }

    private void run() {
        try {
            while (awaitTurn()) {
                appendNext();
                handOver();
            }
        } catch (InterruptedException e) {
            fail(new ArrayList<>(), e); // nobody but dtx may interrupt its threads, and dtx does not
        }
    }

    /** Waits until there is something to append and nothing in flight; takes the flight. False when closed. */
    private boolean awaitTurn() throws InterruptedException {
        lock.lock();
        try {
            while (failure == null && !(closed && queue.isEmpty())) {
                long due = applied.nextDue();
                if (inFlight || (queue.isEmpty() && due == Long.MAX_VALUE)) {
                    sleepsUntil = Long.MAX_VALUE;
                    work.awaitUninterruptibly();
                } else if (queue.isEmpty() && due > log.time()) {
                    sleepsUntil = due;
                    long unused = work.awaitNanos(TimeUnit.MILLISECONDS.toNanos(due - log.time()));
                } else {
                    inFlight = true;
                    return true;
                }
            }
            return false;
        } finally {
            sleepsUntil = 0;
            lock.unlock();
        }
    }

    private void handOver() {
        lock.lock();
        try {
            inFlight = false;
            if (!queue.isEmpty() || closed || applied.nextDue() < sleepsUntil) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Appends what is queued as one entry and answers it; the caller holds the flight. */
    private void appendNext() {
        List<Submission> flight = new ArrayList<>();
        try {
            log.append(take(flight)).join();
            applied.answer(flight);
        } catch (RuntimeException e) {
            fail(flight, e);
        }
    }

    /** Takes what fits into one entry. Unnumbered commands get an entry of their own. */
    private List<SessionBatch> take(List<Submission> flight) {
        lock.lock();
        try {
            List<LogCommand> commands = new ArrayList<>();
            long weight = 0;
            for (Submission next = queue.peek(); next != null; next = queue.peek()) {
                weight += next.weight();
                boolean full = commands.size() + next.commands.size() > COMMANDS_MAX || weight > ENTRY_BYTES_MAX;
                if (!flight.isEmpty()
                        && (full || next.isUnnumbered() || flight.get(0).isUnnumbered())) {
                    break;
                }
                flight.add(queue.remove());
                commands.addAll(next.commands);
            }
            room.signalAll();
            if (commands.isEmpty()) {
                return List.of(); // only lets time pass
            }
            if (session == null || flight.get(0).isUnnumbered()) {
                return List.of(new SessionBatch(0, 0, 0, commands));
            }
            long first = nextCommandNumber;
            nextCommandNumber += commands.size();
            return List.of(new SessionBatch(session.id(), first, session.lowWaterMark(), commands));
        } finally {
            lock.unlock();
        }
    }

    private void fail(List<Submission> flight, Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            flight.addAll(queue);
            queue.clear();
            room.signalAll();
            work.signalAll();
        } finally {
            lock.unlock();
        }
        for (Submission each : flight) {
            each.completeExceptionally(new CoordinatorStoppedException(
                    "DTX-7011 the coordinator log has stopped; what was submitted may or may not be in it", cause));
        }
    }

    /** Appends what is queued, then stops. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
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
