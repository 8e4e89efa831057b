package beans;

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
 * The steps and transactions of {@code OrderBean}, and how its compensations are called.
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
public final class OrderBean_DtxParticipant implements Participant {
    static final StepDescriptor<Void> ON = StepDescriptor.<Void>named("OrderBean.on", 0x1490da03c5d91e20L)
            .build();

    static final TransactionDescriptor PLACE = new TransactionDescriptor(
            "OrderBean.place",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            0L,
            List.of());

    /**
     * Creates the participant; it has no state.
     */
    public OrderBean_DtxParticipant() {
    }

    @Override
    public String className() {
        return "beans.OrderBean";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(ON);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of(PLACE);
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            default:
                throw new IllegalArgumentException("OrderBean has no compensation for " + step);
        }
    }
}
