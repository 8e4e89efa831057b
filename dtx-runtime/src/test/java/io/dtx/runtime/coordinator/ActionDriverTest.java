package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.participant.Participants;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.spi.RetrySchedule;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ActionDriverTest {

    private final AtomicBoolean silent = new AtomicBoolean(true);

    @Test
    void members_that_did_not_answer_are_asked_again_what_is_to_be_undone() {
        isUndoneAfter(new CoordinatorUnavailableException(null, "planted: nobody answers", null));
    }

    @Test
    void an_error_does_not_end_the_only_thread_that_asks_what_is_to_be_undone() {
        isUndoneAfter(new OutOfMemoryError("planted: unable to create native thread"));
    }

    @Test
    void a_claim_that_fails_for_want_of_memory_is_made_again() {
        Coordinator coordinator = new Coordinator(new MemoryLog(), Limits.DEFAULT);
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        ActionDriver driver = new ActionDriver(coordinator, new Participants(), Map.of(), 1_000, claim -> {
            if (silent.compareAndSet(true, false)) {
                throw new OutOfMemoryError("planted: Java heap space");
            }
            return coordinator.submit(List.of(claim), true).join().get(0);
        });
        driver.start();

        TransactionId id = leaveToUndo(coordinator);

        assertThat(statusOnceItIsNot(TransactionStatus.COMPENSATING, coordinator, id))
                .as("no bean has the step: whoever claims it parks it")
                .isEqualTo(TransactionStatus.PARKED);
        assertThat(silent).as("whether the first claim has yet to fail").isFalse();
        driver.close(1_000);
        coordinator.close();
    }

    private void isUndoneAfter(Throwable failure) {
        Coordinator coordinator = coordinator("pendingActions", failure);
        ActionDriver driver = new ActionDriver(coordinator, new Participants(), Map.of(), 1_000);
        driver.start();
        while (silent.get()) {
            LockSupport.parkNanos(1_000_000);
        }

        TransactionId id = leaveToUndo(coordinator);

        assertThat(statusOnceItIsNot(TransactionStatus.COMPENSATING, coordinator, id))
                .as("no bean has the step: whoever claims it parks it")
                .isEqualTo(TransactionStatus.PARKED);
        driver.close(1_000);
        coordinator.close();
    }

    private Coordinator coordinator(String question, Throwable failure) {
        Coordinator coordinator = new Coordinator((CoordinatorLink) Proxy.newProxyInstance(
                ActionDriverTest.class.getClassLoader(),
                new Class<?>[] {CoordinatorLink.class},
                new SilentOnce(new OwnLog(new MemoryLog(), Limits.DEFAULT), question, silent, failure)));
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        return coordinator;
    }

    private static TransactionId leaveToUndo(Coordinator coordinator) {
        TransactionId id = coordinator.session().next();
        RetrySchedule schedule = RetrySchedule.COMPENSATION;
        coordinator
                .submit(
                        List.of(
                                new LogCommand.Begin(id, "Orders.place", Recovery.BACKWARD, 60_000, null),
                                new LogCommand.StartStep(
                                        id, 1, "Gone.step", null, null, false, true, 0, schedule, 1, null),
                                new LogCommand.FinishStep(id, 1, null),
                                new LogCommand.Decide(id, Outcome.ABORT, "planted", 1)),
                        true)
                .join();
        return id;
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
