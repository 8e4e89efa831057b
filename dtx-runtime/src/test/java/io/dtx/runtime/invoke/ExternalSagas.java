package io.dtx.runtime.invoke;

import io.dtx.Propagation;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.ActionDriver;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.participant.Participants;
import io.dtx.spi.StepGateway.Body;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A process whose sagas have no resources: hand-written services, a gateway, a coordinator and its log. */
final class ExternalSagas implements AutoCloseable {

    final HandWritten services = new HandWritten();
    final AtomicReference<TransactionId> last = new AtomicReference<>();
    final Coordinator coordinator;
    final TransactionalGateway gateway;
    long timeoutMillis = 60_000;
    private final ActionDriver driver;

    ExternalSagas(CoordinatorLog log) {
        coordinator = new Coordinator(log, Limits.DEFAULT);
        Participants participants = new Participants();
        participants.register(services, call -> call.on(this));
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        driver = new ActionDriver(coordinator, participants, Map.of(), 30_000);
        driver.start();
        Timeouts timeouts = new Timeouts(60_000, name -> timeoutMillis, MonotonicClock.SYSTEM);
        gateway = new TransactionalGateway(
                new Orchestration(coordinator, driver, Map.of(), timeouts, 2_000),
                new AtomicOrchestration(coordinator, null, timeouts));
    }

    long saga(Body<Long> body) {
        return gateway.<Long, RuntimeException>transaction(HandWritten.PLACE, () -> {
            last.set(TransactionContext.current().id());
            return body.run();
        });
    }

    void nested(Propagation propagation, Runnable body) {
        gateway.<Void, RuntimeException>transaction(HandWritten.transaction("Inner.call", propagation), () -> {
            body.run();
            return null;
        });
    }

    /** Returns the status of the last saga. */
    TransactionStatus status() {
        return coordinator.transaction(last.get()).status();
    }

    @Override
    public void close() {
        driver.close(10_000);
        coordinator.close();
    }
}
