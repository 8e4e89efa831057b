package nesting;

import io.dtx.StepContext;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Outer.Middle.Inner}, and how its compensations are called.
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
public final class Outer_Middle_Inner_DtxParticipant implements Participant {
    static final StepDescriptor<Outer.Kind> STEP = StepDescriptor.<Outer.Kind>named("Outer.Middle.Inner.step", 0x2f63435b66107200L)
            .compensation("undo")
            .build();

    /**
     * Creates the participant; it has no state.
     */
    public Outer_Middle_Inner_DtxParticipant() {
    }

    @Override
    public String className() {
        return "nesting.Outer$Middle$Inner";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(STEP);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of();
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "Outer.Middle.Inner.step":
                compensateStep(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("Outer.Middle.Inner has no compensation for " + step);
        }
    }

    private static void compensateStep(Object bean, ArgumentReader arguments, ArgumentReader result,
            StepContext context) throws Throwable {
        Outer.Kind argument0 = arguments.readEnum(Outer.Kind.class);
        arguments.end();
        ((Outer.Middle.Inner) bean).undo(argument0);
    }

    static void recordStep(ArgumentWriter out, Outer.Kind argument0) {
        out.writeEnum(argument0);
    }
}
