package bad;

import io.dtx.StepContext;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Cheap}, and how its compensations are called.
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
public final class Cheap_DtxParticipant implements Participant {
    /**
     * Creates the participant; it has no state.
     */
    public Cheap_DtxParticipant() {
    }

    @Override
    public String className() {
        return "bad.Cheap";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of();
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
                throw new IllegalArgumentException("Cheap has no compensation for " + step);
        }
    }
}
