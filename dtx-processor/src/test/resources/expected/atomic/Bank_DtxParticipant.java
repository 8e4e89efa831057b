package atomic;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.StepContext;
import io.dtx.TransactionMode;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Bank}, and how its compensations are called.
 */
@Generated("io.dtx.processor.DtxProcessor")
@SuppressWarnings({
        "all",
        "NullAway",
        "cast",
        "deprecation",
        "exports",
        "overloads",
        "rawtypes",
        "removal",
        "serial",
        "this-escape",
        "unchecked",
        "varargs"
})
public final class Bank_DtxParticipant implements Participant {
    static final StepDescriptor<Void> MAIL = StepDescriptor.<Void>named("Bank.mail", 0x1490da03c5d91e20L)
            .build();

    static final TransactionDescriptor TRANSFER = new TransactionDescriptor(
            "Bank.transfer",
            TransactionMode.ATOMIC,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            5000L,
            List.of(IllegalArgumentException.class));

    static final TransactionDescriptor DEBIT = new TransactionDescriptor(
            "Bank.debit",
            TransactionMode.ATOMIC,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            0L,
            List.of());

    static final TransactionDescriptor CREDIT = new TransactionDescriptor(
            "Bank.credit",
            TransactionMode.ATOMIC,
            Propagation.MANDATORY,
            Recovery.BACKWARD,
            0L,
            List.of());

    static final TransactionDescriptor REPORT = new TransactionDescriptor(
            "Bank.report",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            0L,
            List.of());

    /**
     * Creates the participant; it has no state.
     */
    public Bank_DtxParticipant() {
    }

    @Override
    public String className() {
        return "atomic.Bank";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(MAIL);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of(TRANSFER, DEBIT, CREDIT, REPORT);
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            default:
                throw new IllegalArgumentException("Bank has no compensation for " + step);
        }
    }
}
