package atomic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.TransactionMode;
import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

public final class BankExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        Bank bank = gateway.bind(new Bank_DtxBean());
        assertEquals(7, bank.transfer("a", "b", 7));
        bank.report();
        assertEquals(List.of("a -7", "b +7", "done"), bank.done);
        assertEquals(
                List.of("Bank.transfer", "Bank.debit", "Bank.credit", "Bank.report", "Bank.mail"), gateway.entered());
        Map<String, TransactionMode> modes = RecordingGateway.participant(bank).transactions().stream()
                .collect(Collectors.toMap(TransactionDescriptor::name, TransactionDescriptor::mode));
        assertEquals(
                Map.of(
                        "Bank.transfer", TransactionMode.ATOMIC,
                        "Bank.debit", TransactionMode.ATOMIC,
                        "Bank.credit", TransactionMode.ATOMIC,
                        "Bank.report", TransactionMode.SAGA),
                modes);
    }
}
