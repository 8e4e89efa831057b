package io.dtx.runtime.invoke;

import io.dtx.DtxException;
import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.simulation.kernel.Kernel;
import io.dtx.spi.Contexts;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A saga that tasks carry, which were handed over, refused, or brought by a container: its steps take turns, whoever commits has
 * all that tasks have done, and no step runs when it is decided.
 */
public final class SharedSagaPlay implements Runnable {

    private static final StepDescriptor<Long> STEP =
            StepDescriptor.<Long>named("Stock.reserve", 1).compensation("undo").build();
    private static final TransactionDescriptor SAGA = new TransactionDescriptor(
            "orders", TransactionMode.SAGA, Propagation.REQUIRED, Recovery.BACKWARD, 0, List.of());
    private static final long MILLIS_MAX = 3_000;
    private static final long ENOUGH_MILLIS = 2_000;
    private static final long LATE_NANOS = 1_000_000_000;
    private static final long STEP_NANOS_MAX = 400_000;

    private final Kernel kernel = Kernel.current();
    private final boolean hurries = kernel.chance().oneIn(3);
    private final TransactionScope saga =
            new TransactionScope(new TransactionId(1, 1, 1), SAGA, hurries ? 1 : ENOUGH_MILLIS, MonotonicClock.SYSTEM);
    private final Executor executor = CarryingExecutor.over(this::take);
    private final List<Thread> threads = new ArrayList<>();
    private final List<LogCommand> log = new ArrayList<>();
    private int tasks = 4; // that may be handed over yet
    private int running;
    private int finished;
    private boolean decided;
    private boolean refused; // something that tasks have begun

    @Override
    public void run() {
        kernel.endAtMillis(MILLIS_MAX);
        boolean throwing = kernel.chance().oneIn(4);
        Contexts.transaction(saga);
        CapturedSaga captured = CapturedSaga.ofThread();
        for (int i = 0; i < 2; i++) {
            thread(() -> asContainer(captured));
        }
        boolean whole = method();
        Contexts.transaction(null);
        decide(throwing || !whole);
        for (int i = 0; i < threads.size(); i++) {
            await(threads.get(i));
        }
        if (refused && !saga.isRollbackOnly() && !throwing && whole) {
            kernel.complain("committed with half of a task");
        }
    }

    /** As the owner does. */
    private void decide(boolean failed) {
        long began = kernel.nanos();
        if (!failed) {
            saga.awaitTasks();
        }
        saga.end();
        if (kernel.nanos() - began > LATE_NANOS) {
            kernel.complain("it waits although all tasks have ended");
        }
        decided = true;
        if (!failed && !hurries && saga.isRollbackOnly()) {
            kernel.complain(String.valueOf(saga.rollbackReason()));
        }
        log.addAll(saga.decide(failed ? LogCommand.Outcome.ABORT : LogCommand.Outcome.COMMIT, ""));
        long told = log.stream().filter(LogCommand.FinishStep.class::isInstance).count();
        if (told != finished || saga.finished() != finished) {
            kernel.complain(finished + " steps finished, and the log is told of " + told);
        }
    }

    /** Runs steps, and hands tasks over; returns whether nothing was refused. */
    private boolean method() {
        boolean whole = true;
        for (int i = kernel.chance().below(3); i >= 0 && whole; i--) {
            whole = kernel.chance().oneIn(2) ? step() : handOver();
        }
        return whole;
    }

    private boolean handOver() {
        if (tasks-- <= 0) {
            return true;
        }
        try {
            executor.execute(() -> refused |= !method());
        } catch (RejectedExecutionException e) {
            kernel.note(() -> "rejected");
        } catch (DtxException e) {
            return false;
        }
        return true;
    }

    private void take(Runnable task) {
        if (kernel.chance().oneIn(4)) {
            throw new RejectedExecutionException("planted");
        }
        thread(task);
    }

    /** A task that begins when it likes: then the saga is over, or waits for all of it. */
    private void asContainer(CapturedSaga captured) {
        kernel.pauseNanos(kernel.chance().between(1, 2 * STEP_NANOS_MAX));
        CapturedSaga.Stay stay = captured.enter();
        try {
            boolean begun = step();
            refused |= begun && !step();
        } finally {
            stay.end();
        }
    }

    private boolean step() {
        try {
            return saga.<Boolean>inTurn(STEP, this::body);
        } catch (DtxException e) {
            return false;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean body() {
        if (running++ > 0) {
            kernel.complain("two steps at once");
        }
        refuseDecided("begins");
        log.addAll(saga.start(STEP, saga.nextCall(), 1, null, 1_000, null));
        kernel.pauseNanos(kernel.chance().between(1, STEP_NANOS_MAX));
        saga.finish(null);
        finished++;
        refuseDecided("goes on");
        running--;
        return true;
    }

    private void refuseDecided(String what) {
        if (decided) {
            kernel.complain("a step " + what + " when the saga is decided");
        }
    }

    private void thread(Runnable task) {
        Thread thread = new Thread(task, "task");
        threads.add(thread);
        thread.start();
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
