package io.dtx.runtime.invoke;

import io.dtx.DtxException;
import io.dtx.StepContext;
import io.dtx.TransactionContext;
import io.dtx.TransactionMode;
import io.dtx.runtime.participant.Text;
import io.dtx.spi.Contexts;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A task, and the saga of the thread that handed it over, or none. It is run once, or abandoned. */
final class CarriedTask implements Runnable {

    private final Runnable task;
    private final @Nullable TransactionScope saga;
    private final AtomicLong sensitiveCalls;
    private final AtomicBoolean settled = new AtomicBoolean();

    private CarriedTask(Runnable task, @Nullable TransactionScope saga) {
        this.task = task;
        this.saga = saga;
        this.sensitiveCalls = SensitiveCalls.counter();
    }

    /**
     * Takes the current thread's saga along.
     *
     * @throws DtxException in a step and in an ATOMIC transaction, whose connections belong to their thread; and if the saga is
     *     over
     */
    static CarriedTask of(Runnable task) {
        refuseInStep("was to be handed a task");
        TransactionContext current = Contexts.transaction();
        refuseAtomic(current, "was to be handed a task");
        TransactionScope saga = (TransactionScope) current;
        if (saga != null) {
            saga.share();
        }
        return new CarriedTask(task, saga);
    }

    /** Returns what was handed over. */
    Runnable task() {
        return task;
    }

    /** The task will not be run. */
    void abandon() {
        if (settled.compareAndSet(false, true)) {
            leave();
        }
    }

    @Override
    public void run() {
        if (!settled.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "DTX-2044 a task that carries a transaction is run once: hand it over again.");
        }
        try {
            refuseInStep("was to run a task of another");
            TransactionContext before = Contexts.transaction();
            if (before != saga) {
                refuseAtomic(before, "was to run a task of another");
            }
            inside(before);
        } finally {
            leave();
        }
    }

    private void leave() {
        if (saga != null) {
            saga.leave();
        }
    }

    private void inside(@Nullable TransactionContext before) {
        AtomicLong counterBefore = SensitiveCalls.countIn(sensitiveCalls);
        Contexts.transaction(saga);
        try {
            task.run();
        } finally {
            Contexts.transaction(before);
            SensitiveCalls.countIn(counterBefore);
        }
    }

    private static void refuseInStep(String what) {
        String step = TransactionalGateway.outerStep();
        if (step != null) {
            StepContext context = Contexts.step();
            throw new DtxException(
                    context == null ? null : context.transactionId(),
                    "DTX-2040 thread " + Text.line(Thread.currentThread().getName()) + " is in step " + step + ", and "
                            + what
                            + ": a step's connection belongs to its thread. Hand tasks over from the orchestrating"
                            + " method, to an executor with threads of its own.",
                    null);
        }
    }

    private static void refuseAtomic(@Nullable TransactionContext current, String what) {
        if (current != null && current.mode() == TransactionMode.ATOMIC) {
            throw new DtxException(
                    current.id(),
                    "DTX-2041 " + current.id() + " (" + current.name() + ") is ATOMIC, and its thread " + what
                            + ": its connections belong to that thread. Do the work there, or make it a saga.",
                    null);
        }
    }
}
