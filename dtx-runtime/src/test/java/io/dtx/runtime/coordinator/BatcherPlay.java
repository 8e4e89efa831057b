package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A few threads that submit at once, and wait, wait for a time, or do not wait: whatever they submit is answered, soon. */
public class BatcherPlay implements Runnable {

    private static final int CALLERS = 3;
    private static final int CALLS = 2;
    private static final int QUEUE_MAX = 4;
    private static final long MILLIS_MAX = 2_000; // an append takes one at most
    private static final long SHORT_NANOS = 60_000;

    private final Kernel kernel = Kernel.current();
    private final PlayedLog log;
    private final Batcher batcher;

    /** Over a log in the same process. */
    public BatcherPlay() {
        this(false);
    }

    BatcherPlay(boolean shared) {
        log = new PlayedLog(kernel, shared);
        batcher = Batcher.to(log, QUEUE_MAX, session -> {});
    }

    /** Over a network. */
    public static class OverNetwork extends BatcherPlay {
        /** Members answer, or do not. */
        public OverNetwork() {
            super(true);
        }
    }

    @Override
    public void run() {
        kernel.endAtMillis(MILLIS_MAX);
        batcher.numberFor(new OwnSession(1, 1));
        batcher.start();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int first = 1 + i * CALLS;
            Thread caller = new Thread(() -> call(first), "caller");
            callers.add(caller);
            caller.start();
        }
        callers.forEach(BatcherPlay::await);
        while (log.applied() < CALLERS * CALLS) {
            kernel.pauseNanos(1_000_000);
        }
        batcher.close();
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void call(int first) {
        for (int number = first; number < first + CALLS; number++) {
            switch (kernel.chance().below(4)) {
                case 0 -> batcher.submit(List.of(HeldLog.command(number)), false);
                case 1 -> joinForATime(number);
                default ->
                    expect(
                            number,
                            batcher.submit(List.of(HeldLog.command(number)), true)
                                    .join());
            }
        }
    }

    private void joinForATime(int number) {
        Submission submission = batcher.submit(List.of(HeldLog.command(number)), true);
        try {
            expect(number, submission.join(kernel.nanos() + kernel.chance().between(1, SHORT_NANOS)));
        } catch (TimeoutException e) {
            kernel.note(() -> "given up");
        }
    }

    private void expect(int number, List<Reply> replies) {
        if (replies.size() != 1 || replies.get(0).value() != number) {
            kernel.complain(number + " is answered " + replies);
        }
    }
}
