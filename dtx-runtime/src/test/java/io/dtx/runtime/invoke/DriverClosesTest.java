package io.dtx.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.CompensationIncompleteException;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.ActionDriver;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.participant.Participants;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The workers close between the claim of a compensation and its answer. */
class DriverClosesTest {

    private static final long ATTEMPT_TIMEOUT_MILLIS = 300;

    private final HandWritten services = new HandWritten();
    private final AtomicReference<TransactionId> last = new AtomicReference<>();
    private final Participants participants = new Participants();
    private final AtomicReference<ActionDriver> closing = new AtomicReference<>();
    private final Coordinator coordinator = new Coordinator(new ClosesAtTheFirstClaim(), Limits.DEFAULT);

    @Test
    void the_caller_is_told_the_truth_and_the_next_start_does_what_the_workers_refused() {
        participants.register(services, call -> call.on(this));
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        ActionDriver driver = driver();
        closing.set(driver);
        Timeouts timeouts = new Timeouts(60_000, name -> 0, MonotonicClock.SYSTEM);
        TransactionalGateway gateway = new TransactionalGateway(
                new Orchestration(coordinator, driver, Map.of(), timeouts, 100),
                new AtomicOrchestration(coordinator, null, timeouts));
        IllegalArgumentException refused = new IllegalArgumentException("no such address");

        assertThatThrownBy(() -> gateway.<Void, RuntimeException>transaction(HandWritten.PLACE, () -> {
                    last.set(TransactionContext.current().id());
                    services.call(gateway, HandWritten.RESERVE, 1, null);
                    throw refused;
                }))
                .isSameAs(refused)
                .satisfies(told -> assertThat(told.getSuppressed())
                        .hasAtLeastOneElementOfType(CompensationIncompleteException.class));
        assertThat(closing.get()).as("was closed").isNull();
        assertThat(status()).isEqualTo(TransactionStatus.COMPENSATING);

        ActionDriver next = driver();
        Await.until(() -> status() == TransactionStatus.COMPENSATED);
        next.close(10_000);
        coordinator.close();
        assertThat(services.trace)
                .filteredOn(line -> line.startsWith("undo Stock.reserve"))
                .hasSize(1);
    }

    private ActionDriver driver() {
        ActionDriver driver = new ActionDriver(coordinator, participants, Map.of(), ATTEMPT_TIMEOUT_MILLIS);
        driver.start();
        return driver;
    }

    private TransactionStatus status() {
        return coordinator.transaction(last.get()).status();
    }

    /** A log that has the driver closed while the first claim is on its way. */
    private final class ClosesAtTheFirstClaim extends ForwardingLog {

        ClosesAtTheFirstClaim() {
            super(new MemoryLog());
        }

        @Override
        public CompletableFuture<Long> append(List<SessionBatch> batches) {
            boolean claims = batches.stream()
                    .flatMap(each -> each.commands().stream())
                    .anyMatch(each -> each instanceof LogCommand.ClaimAction);
            ActionDriver driver = claims ? closing.getAndSet(null) : null;
            if (driver != null) {
                driver.close(10_000);
            }
            return log.append(batches);
        }
    }
}
