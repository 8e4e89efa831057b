package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.participant.Participants;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.spi.RetrySchedule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ActionDriverTest {

    private final CountDownLatch refused = new CountDownLatch(1);

    /** A link whose members do not answer when they are asked for the first time what is to be done. */
    private CoordinatorLink silentOnce() {
        OwnLog log = new OwnLog(new MemoryLog(), Limits.DEFAULT);
        return (CoordinatorLink) Proxy.newProxyInstance(
                ActionDriverTest.class.getClassLoader(),
                new Class<?>[] {CoordinatorLink.class},
                (self, method, given) -> {
                    if (method.getName().equals("pendingActions") && refused.getCount() > 0) {
                        refused.countDown();
                        throw new CoordinatorUnavailableException(null, "planted: nobody answers", null);
                    }
                    try {
                        return method.invoke(log, given);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    @Test
    void members_that_did_not_answer_are_asked_again_what_is_to_be_undone() throws Exception {
        Coordinator coordinator = new Coordinator(silentOnce());
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        ActionDriver driver = new ActionDriver(coordinator, new Participants(), Map.of(), 1_000);
        driver.start();
        assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();

        TransactionId id = coordinator.session().next();
        coordinator
                .submit(
                        List.of(
                                new LogCommand.Begin(id, "Orders.place", Recovery.BACKWARD, 60_000, null),
                                new LogCommand.StartStep(
                                        id,
                                        1,
                                        "Gone.step",
                                        null,
                                        null,
                                        false,
                                        true,
                                        0,
                                        RetrySchedule.COMPENSATION,
                                        1,
                                        null),
                                new LogCommand.FinishStep(id, 1, null),
                                new LogCommand.Decide(id, Outcome.ABORT, "planted", 1)),
                        true)
                .join();

        assertThat(statusOnceItIsNot(TransactionStatus.COMPENSATING, coordinator, id))
                .as("no bean has the step: whoever claims it parks it")
                .isEqualTo(TransactionStatus.PARKED);
        driver.close(1_000);
        coordinator.close();
    }

    private static TransactionStatus statusOnceItIsNot(
            TransactionStatus status, Coordinator coordinator, TransactionId id) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            TransactionState transaction = coordinator.transaction(id);
            if (transaction == null) {
                throw new AssertionError(id + " is not in the state");
            }
            if (transaction.status() != status || System.nanoTime() - end > 0) {
                return transaction.status();
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
