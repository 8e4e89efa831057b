package io.dtx.runtime.invoke;

import io.dtx.DtxException;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway.Body;
import io.dtx.spi.TransactionDescriptor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as its owner sees it, on the owner's thread: what was called, what is not said to the log yet, and whether it
 * may still commit. The owner says as much as it can in one append: the end of a step rides with the next intent, or with
 * the decision. Tasks that carry a saga have it too, and run their steps in turn.
 */
final class TransactionScope implements TransactionContext {

    private final TransactionId id;
    private final TransactionDescriptor descriptor;
    private final long timeoutMillis;
    private final MonotonicClock clock;
    private final long deadlineNanos;
    private List<LogCommand> held = new ArrayList<>(3);
    private boolean begun;
    private int calls;
    private int finished;
    private final ArrayDeque<StartedStep> started =
            new ArrayDeque<>(); // those that may have an effect, the last one first
    private final long sensitiveCallsBefore = SensitiveCalls.made();
    private volatile @Nullable String rollbackReason;
    private @Nullable Sharing sharing; // made by the owner before a task has the scope

    TransactionScope(TransactionId id, TransactionDescriptor descriptor, long timeoutMillis, MonotonicClock clock) {
        this.id = id;
        this.descriptor = descriptor;
        this.timeoutMillis = timeoutMillis;
        this.clock = clock;
        this.deadlineNanos = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    @Override
    public TransactionId id() {
        return id;
    }

    @Override
    public String name() {
        return descriptor.name();
    }

    @Override
    public TransactionMode mode() {
        return descriptor.mode();
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - clock.nanos()));
    }

    @Override
    public void setRollbackOnly(String reason) {
        if (rollbackReason == null) {
            rollbackReason = Text.line(reason);
        }
    }

    @Override
    public boolean isRollbackOnly() {
        return rollbackReason != null;
    }

    @Nullable
    String rollbackReason() {
        return rollbackReason;
    }

    /** Returns the clock that its deadlines are read by. */
    MonotonicClock clock() {
        return clock;
    }

    /** Returns a deadline as {@link System#nanoTime()}, for what waits in the machine's time. */
    long systemNanos(long deadline) {
        return clock.systemNanos(deadline);
    }

    /** Returns when it must be decided, by its {@link #clock()}; never later than the log's own deadline. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    boolean isOverdue() {
        return isOverdueAt(clock.nanos());
    }

    /** Returns whether it is overdue at a moment of its {@link #clock()}. */
    boolean isOverdueAt(long nanos) {
        return nanos - deadlineNanos >= 0;
    }

    /** Returns whether the log knows the transaction, or may know it. */
    boolean isBegun() {
        return begun;
    }

    /** Returns the number of steps that finished. */
    int finished() {
        return finished;
    }

    int nextCall() {
        return ++calls;
    }

    /** Returns the step that is the first to be compensated, or null if there is none. */
    @Nullable
    StartedStep firstToCompensate() {
        for (StartedStep each : started) {
            if (each.descriptor().isCompensable()) {
                return each;
            }
        }
        return null;
    }

    /** Returns what to append for a step to start: whatever is held, and its intent. */
    List<LogCommand> start(
            StepDescriptor<?> step,
            int call,
            int tryNumber,
            @Nullable String databaseId,
            long budgetMillis,
            byte @Nullable [] arguments) {
        if (!begun) {
            begun = true;
            held.add(new LogCommand.Begin(id, descriptor.name(), descriptor.recovery(), timeoutMillis, null));
        }
        long number = StepNumber.of(call, tryNumber);
        started.push(new StartedStep(number, step));
        held.add(new LogCommand.StartStep(
                id,
                number,
                step.name(),
                step.resource(),
                databaseId,
                false,
                step.isCompensable(),
                budgetMillis,
                step.compensationRetry(),
                step.contract(),
                arguments));
        return release();
    }

    /** The step that started last has taken effect. */
    void finish(byte @Nullable [] result) {
        finished++;
        held.add(new LogCommand.FinishStep(id, started.element().number(), result));
    }

    /** The step that started last has failed. */
    void fail(boolean doubt, Throwable failure) {
        StartedStep step = doubt ? started.element() : started.pop();
        String reason = Text.reason(failure, step.descriptor().isSensitive());
        held.add(new LogCommand.FailStep(id, step.number(), doubt, reason));
        if (doubt) {
            setRollbackOnly("nobody can say whether " + step.descriptor() + " took effect: " + reason);
        }
    }

    /** Returns why it failed, as it may be recorded: the failure may come from any call that was made on this thread. */
    String reason(Throwable failure) {
        return Text.reason(failure, descriptor.sensitive() || SensitiveCalls.made() != sensitiveCallsBefore);
    }

    /** Returns what to append for a decision: whatever is held, and the decision as the last one. */
    List<LogCommand> decide(LogCommand.Outcome outcome, String reason) {
        held.add(new LogCommand.Decide(id, outcome, reason, finished));
        return release();
    }

    /**
     * A task is to carry the saga.
     *
     * @throws DtxException if it is over
     */
    void share() {
        makeShareable();
        if (!enter()) {
            throw over("a task was to be handed over");
        }
    }

    /** Tasks may carry the saga from now on: to be said before another thread has it. */
    void makeShareable() {
        if (sharing == null) {
            sharing = new Sharing();
        }
    }

    /** Counts a task that carries the saga; false if the saga is over. */
    boolean enter() {
        return sharing != null && sharing.enter();
    }

    /** Returns whether tasks carry the saga, or have carried it. */
    boolean isShared() {
        return sharing != null;
    }

    /** A task that carries the saga has ended, or will not be run. */
    void leave() {
        if (sharing != null) {
            sharing.leave();
        }
    }

    /** Waits for the tasks that carry the saga: it commits with all that they do, or not at all. */
    void awaitTasks() {
        if (sharing == null) {
            return;
        }
        try {
            int open = sharing.awaitTasks(systemNanos(deadlineNanos));
            if (open > 0) {
                setRollbackOnly(open + " of the tasks that carry it had not ended when its time was over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            setRollbackOnly("its thread was interrupted while tasks that carry it had not ended");
        }
    }

    /** From now on no step begins, and none runs. */
    void end() {
        if (sharing != null) {
            sharing.end();
        }
    }

    /**
     * Demands that the saga can still be joined, by whichever thread has it.
     *
     * @throws DtxException if it is over
     */
    void refuseIfOver(String call) {
        if (sharing != null && sharing.isOver()) {
            throw over(call + " was called");
        }
    }

    /**
     * Runs a step when no other thread runs one of this saga.
     *
     * @throws DtxException if there was no time for it, or the saga is over
     */
    <T extends @Nullable Object> T inTurn(StepDescriptor<?> step, Body<T> body) throws Throwable {
        if (sharing == null) {
            return body.run();
        }
        if (!hasTurn(sharing, step)) {
            throw new TransactionTimeoutException(
                    id,
                    "DTX-2021 " + id + " (" + name() + ") is out of time, so " + step.name()
                            + " was not started: another thread was running a step of it.",
                    null);
        }
        try {
            refuseIfOver(step.name());
            return body.run();
        } finally {
            sharing.endTurn();
        }
    }

    private boolean hasTurn(Sharing shared, StepDescriptor<?> step) {
        try {
            return shared.takeTurn(systemNanos(deadlineNanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransactionAbortedException(
                    id,
                    "DTX-2043 " + step.name() + " of " + id + " (" + name()
                            + ") was not started: its thread was interrupted while another one was running a step of it.",
                    e);
        }
    }

    private DtxException over(String what) {
        return new DtxException(
                id,
                "DTX-2042 " + id + " (" + name() + ") is over, and " + what
                        + " by a task that carries it: wait for tasks before the orchestrating method ends.",
                null);
    }

    /** A step that was started. */
    record StartedStep(long number, StepDescriptor<?> descriptor) {}

    private List<LogCommand> release() {
        List<LogCommand> commands = held;
        held = new ArrayList<>(3);
        return commands;
    }
}
