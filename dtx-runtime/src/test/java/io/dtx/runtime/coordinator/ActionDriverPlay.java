package io.dtx.runtime.coordinator;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.participant.Participants;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.runtime.simulation.kernel.Kernel;
import io.dtx.spi.RetrySchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * More transactions of one lane than it is wide are aborted at once, some with a claim of their owner's, and now and then a claim
 * fails: each is worked on, soon. No bean has the step, so that whoever claims it parks it.
 */
public final class ActionDriverPlay implements Runnable {

    private static final int OWNERS = 3;
    private static final int TRANSACTIONS = 3;
    private static final long MILLIS_MAX = 10_000;
    private static final long ATTEMPT_MILLIS = 60_000;
    private static final long CLAIM_NANOS_MAX = 300_000;
    private static final String STEP = "Gone.step";

    private final Kernel kernel = Kernel.current();
    private final Coordinator coordinator = new Coordinator(new MemoryLog(), Limits.DEFAULT);
    private final ActionDriver driver =
            new ActionDriver(coordinator, new Participants(), Map.of(), ATTEMPT_MILLIS, this::claim);
    private final List<TransactionId> aborted = new ArrayList<>();

    @Override
    public void run() {
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        driver.start();
        kernel.endAtMillis(kernel.millis() + MILLIS_MAX);
        List<Thread> owners = new ArrayList<>();
        for (int i = 0; i < OWNERS; i++) {
            Thread owner = new Thread(this::abort, "owner");
            owners.add(owner);
            owner.start();
        }
        owners.forEach(ActionDriverPlay::await);
        aborted.forEach(this::awaitParked);
        driver.close(1_000);
        coordinator.close();
    }

    private Reply claim(LogCommand claim) {
        kernel.pauseNanos(kernel.chance().between(1, CLAIM_NANOS_MAX));
        if (kernel.chance().oneIn(16)) {
            throw new IllegalStateException("planted");
        }
        return coordinator.submit(List.of(claim), true).join().get(0);
    }

    private void abort() {
        for (int i = 0; i < TRANSACTIONS; i++) {
            TransactionId id = coordinator.session().next();
            List<LogCommand> commands = new ArrayList<>(List.of(
                    new LogCommand.Begin(id, "Orders.place", Recovery.BACKWARD, ATTEMPT_MILLIS, null),
                    new LogCommand.StartStep(
                            id, 1, STEP, null, null, false, true, 0, RetrySchedule.COMPENSATION, 1, null),
                    new LogCommand.FinishStep(id, 1, null),
                    new LogCommand.Decide(id, Outcome.ABORT, "planted", 1)));
            ActionDriver.Ride ride = kernel.chance().oneIn(3) ? driver.ride(id, 1, null, STEP) : null;
            if (ride != null) {
                commands.add(ride.claim());
            }
            List<Reply> replies = coordinator.submit(commands, true).join();
            if (ride != null) {
                ride.answered(replies.get(replies.size() - 1));
            }
            aborted.add(id);
        }
    }

    private void awaitParked(TransactionId id) {
        TransactionState state = coordinator.transaction(id);
        while (state == null || state.status() != TransactionStatus.PARKED) {
            kernel.pauseNanos(10_000_000);
            state = coordinator.transaction(id);
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
