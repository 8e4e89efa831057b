package secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.Set;
import java.util.stream.Collectors;

public final class CashierExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        Participant participant = RecordingGateway.participant(gateway.bind(new Cashier_DtxBean()));
        assertEquals(
                Set.of("Cashier.check", "Cashier.chargeAll", "Cashier.token", "Cashier.find", "Cashier.enter"),
                participant.steps().stream()
                        .filter(StepDescriptor::isSensitive)
                        .map(StepDescriptor::name)
                        .collect(Collectors.toSet()));
        assertEquals(
                Set.of("Cashier.pay", "Cashier.payAll"),
                participant.transactions().stream()
                        .filter(TransactionDescriptor::sensitive)
                        .map(TransactionDescriptor::name)
                        .collect(Collectors.toSet()));
        assertEquals(6, participant.steps().size());
        assertEquals(3, participant.transactions().size());
    }
}
