import io.dtx.StepContext;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Unnamed}, and how its compensations are called.
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
public final class Unnamed_DtxParticipant implements Participant {
    static final StepDescriptor<Void> ADD = StepDescriptor.<Void>named("Unnamed.add", 0x47db8cbbfe50d975L)
            .compensation("undo")
            .build();

    /**
     * Creates the participant; it has no state.
     */
    public Unnamed_DtxParticipant() {
    }

    @Override
    public String className() {
        return "Unnamed";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(ADD);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of();
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "Unnamed.add":
                compensateAdd(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("Unnamed has no compensation for " + step);
        }
    }

    private static void compensateAdd(Object bean, ArgumentReader arguments, ArgumentReader result,
            StepContext context) throws Throwable {
        String argument0 = arguments.readString();
        arguments.end();
        ((Unnamed) bean).undo(argument0);
    }

    static void recordAdd(ArgumentWriter out, String argument0) {
        out.writeString(argument0);
    }
}
