package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionId;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.Participants;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompensatorTest {

    @Test
    void whatever_a_resource_throws_is_an_attempt_that_failed() {
        Coordinator coordinator = new Coordinator(new MemoryLog(), Limits.DEFAULT);
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        ScriptedLog former = new ScriptedLog();
        long owner = former.open("n1");
        TransactionId id = ScriptedLog.id(owner, 1);
        former.unit(owner, ScriptedLog.begin(id), ScriptedLog.start(id, 1), ScriptedLog.finish(id, 1));
        Participants participants = new Participants();
        participants.register(hosting(former.step(id, 1).intent().name()), call -> {});
        Compensator compensator = new Compensator(coordinator, participants, Map.of("db", broken()));

        ActionResult result = compensator.attempt(former.tx(id), former.step(id, 1), 1, System.nanoTime());

        assertThat(result.kind()).isEqualTo(ActionResult.Kind.FAILED);
        assertThat(result.failure()).hasMessage("planted");
        coordinator.close();
    }

    private static GuardedResource broken() {
        return (GuardedResource) Proxy.newProxyInstance(
                CompensatorTest.class.getClassLoader(),
                new Class<?>[] {GuardedResource.class},
                (self, method, arguments) -> {
                    throw new IllegalStateException("planted");
                });
    }

    private static Participant hosting(String step) {
        StepDescriptor<?> descriptor = StepDescriptor.named(step, 7)
                .resource("db")
                .compensation("undo")
                .build();
        return (Participant) Proxy.newProxyInstance(
                CompensatorTest.class.getClassLoader(),
                new Class<?>[] {Participant.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "steps" -> List.of(descriptor);
                    case "transactions" -> List.of();
                    default -> "Planted";
                });
    }
}
