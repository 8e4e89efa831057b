package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Commands that apply one after the other in one entry, and the answer to come: one reply per command. One thread waits for
 * it, and while it waits it may append entries itself.
 */
public final class Submission {

    /** The code with which commands are rejected that take more than goes over a network at once. */
    public static final String TOO_LARGE = "too-large";

    private static final long COMMAND_BYTES = 1_000; // numbers, and names of at most 100 characters

    final List<LogCommand> commands;
    final long weight; // about how many bytes it adds to an entry
    private final Batcher batcher;
    private volatile @Nullable Thread waiter; // null: nobody waits
    private int first; // of its own replies; written before them
    private volatile @Nullable List<Reply> replies; // of the whole entry
    private volatile @Nullable CoordinatorStoppedException failure;

    Submission(List<LogCommand> commands, Batcher batcher) {
        this.commands = commands;
        this.weight = weight(commands);
        this.batcher = batcher;
    }

    /**
     * Waits for the answer, also when interrupted.
     *
     * @throws CoordinatorStoppedException if the log has stopped: whether the commands were applied is then known only after the
     *     next start
     */
    public List<Reply> join() {
        boolean interrupted = false;
        begin();
        while (!isSettled()) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return answer();
    }

    /**
     * Waits for the answer for a time, also when interrupted.
     *
     * @param deadlineNanos its end, as {@link System#nanoTime()}
     * @throws CoordinatorStoppedException as {@link #join}
     * @throws TimeoutException if the time is over; the commands may be applied yet
     */
    public List<Reply> join(long deadlineNanos) throws TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return await(deadlineNanos);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits for the answer for a time.
     *
     * @param deadlineNanos its end, as {@link System#nanoTime()}
     * @throws CoordinatorStoppedException as {@link #join}
     * @throws TimeoutException if the time is over; the commands may be applied yet
     */
    public List<Reply> await(long deadlineNanos) throws InterruptedException, TimeoutException {
        begin();
        while (!isSettled()) {
            long left = deadlineNanos - System.nanoTime();
            boolean waits = left > 0 && !Thread.currentThread().isInterrupted();
            if (waits) {
                LockSupport.parkNanos(this, left);
            } else {
                waiter = null;
                batcher.unattended();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                throw new TimeoutException();
            }
        }
        return answer();
    }

    private void begin() {
        if (waiter == null && !isAnswered()) {
            batcher.waits(this);
        }
    }

    /** Leads if nobody else does; returns whether the answer is there. */
    private boolean isSettled() {
        while (!isAnswered()) {
            if (!batcher.leadIfFree()) {
                return false;
            }
        }
        return true;
    }

    private boolean isAnswered() {
        return replies != null || failure != null;
    }

    private List<Reply> answer() {
        CoordinatorStoppedException stopped = failure;
        if (stopped != null) {
            throw stopped;
        }
        return Objects.requireNonNull(replies).subList(first, first + commands.size());
    }

    /** The thread that calls waits from now on. */
    void waitsHere() {
        waiter = Thread.currentThread();
    }

    /** Wakes the thread that waits, if one does. */
    boolean isWoken() {
        Thread waits = waiter;
        LockSupport.unpark(waits);
        return waits != null;
    }

    /** Hands over an entry's replies, of which its own begin somewhere. It makes nothing, so that it fails for nobody. */
    void answer(List<Reply> entry, int begin) {
        first = begin;
        replies = entry;
        LockSupport.unpark(waiter);
    }

    /** Says that there will be no answer, unless there is one. */
    void fail(CoordinatorStoppedException stopped) {
        if (replies == null) {
            failure = stopped;
        }
        LockSupport.unpark(waiter);
    }

    /** Returns the session that alone may say this, for it is about a transaction of its own; 0: any may. */
    long owner() {
        for (LogCommand each : commands) {
            switch (each.kind()) {
                case BEGIN, START_STEP, FINISH_STEP, FAIL_STEP, DECIDE, RECORD_DECISION -> {
                    return ((LogCommand.OnTransaction) each).transaction().session();
                }
                default -> {}
            }
        }
        return 0;
    }

    /** Returns whether it is about sessions, so that no session's number counts it. */
    boolean isUnnumbered() {
        LogCommand first = commands.isEmpty() ? null : commands.get(0);
        return first instanceof LogCommand.OpenSession || first instanceof LogCommand.ExpireSession;
    }

    private static long weight(List<LogCommand> commands) {
        long bytes = 0;
        for (LogCommand each : commands) {
            bytes += weight(each);
        }
        return bytes;
    }

    /** Returns how many bytes a command adds to an entry at most: a batch that weighs what fits into a frame must fit. */
    static long weight(LogCommand command) {
        return switch (command.kind()) {
            case BEGIN -> weight(((LogCommand.Begin) command).arguments());
            case START_STEP -> weight(((LogCommand.StartStep) command).arguments());
            case FINISH_STEP -> weight(((LogCommand.FinishStep) command).result());
            case RECORD_DECISION -> weight(((LogCommand.RecordDecision) command).bytes());
            case FAIL_STEP -> weight(((LogCommand.FailStep) command).reason());
            case DECIDE -> weight(((LogCommand.Decide) command).reason());
            case FAIL_COMPENSATION -> weight(((LogCommand.FailCompensation) command).reason());
            case PARK -> weight(((LogCommand.Park) command).reason());
            case RESOLVE -> weight(((LogCommand.Resolve) command).reason());
            case RECORD_HEURISTIC -> weight(((LogCommand.RecordHeuristic) command).reason());
            case OPEN_SESSION -> weight(String.join("  ", ((LogCommand.OpenSession) command).hosted()));
            case CLOSE_SESSION, EXPIRE_SESSION, CLAIM_ACTION, FINISH_COMPENSATION, RETRY, FORGET_DECISION ->
                COMMAND_BYTES;
        };
    }

    private static long weight(byte @Nullable [] payload) {
        return COMMAND_BYTES + (payload == null ? 0 : payload.length);
    }

    private static long weight(String text) {
        return COMMAND_BYTES + text.getBytes(StandardCharsets.UTF_8).length;
    }
}
