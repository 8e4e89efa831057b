package constructors;

import io.dtx.StepContext;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Service}, and how its compensations are called.
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
public final class Service_DtxParticipant implements Participant {
    static final StepDescriptor<Long> LOOK = StepDescriptor.<Long>named("Service.look", 0x1490da03c5d91e20L)
            .build();

    /**
     * Creates the participant; it has no state.
     */
    public Service_DtxParticipant() {
    }

    @Override
    public String className() {
        return "constructors.Service";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(LOOK);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of();
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            default:
                throw new IllegalArgumentException("Service has no compensation for " + step);
        }
    }
}
