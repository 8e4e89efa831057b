package secrets;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.StepContext;
import io.dtx.TransactionMode;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Cashier}, and how its compensations are called.
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
public final class Cashier_DtxParticipant implements Participant {
    static final StepDescriptor<Void> CHECK = StepDescriptor.<Void>named("Cashier.check", 0x1490da03c5d91e20L)
            .sensitive()
            .build();

    static final StepDescriptor<Void> CHARGE_ALL = StepDescriptor.<Void>named("Cashier.chargeAll", 0x1ebbe90a5e200c4bL)
            .compensation("unchargeAll")
            .sensitive()
            .build();

    static final StepDescriptor<String> TOKEN = StepDescriptor.<String>named("Cashier.token", 0x3425ea8f9e80bffcL)
            .compensation("forget")
            .result(new TokenResult())
            .sensitive()
            .build();

    static final StepDescriptor<Card.Plastic> FIND = StepDescriptor.<Card.Plastic>named("Cashier.find", 0x1490da03c5d91e20L)
            .sensitive()
            .build();

    static final StepDescriptor<Void> ENTER = StepDescriptor.<Void>named("Cashier.enter", 0x1490da03c5d91e20L)
            .sensitive()
            .build();

    static final StepDescriptor<Card.Voucher> THANK = StepDescriptor.<Card.Voucher>named("Cashier.thank", 0x1490da03c5d91e20L)
            .build();

    static final TransactionDescriptor PAY = new TransactionDescriptor(
            "Cashier.pay",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            0L,
            List.of(),
            true);

    static final TransactionDescriptor PAY_ALL = new TransactionDescriptor(
            "Cashier.payAll",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            0L,
            List.of(),
            true);

    static final TransactionDescriptor COUNT = new TransactionDescriptor(
            "Cashier.count",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            0L,
            List.of());

    /**
     * Creates the participant; it has no state.
     */
    public Cashier_DtxParticipant() {
    }

    @Override
    public String className() {
        return "secrets.Cashier";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(CHECK, CHARGE_ALL, TOKEN, FIND, ENTER, THANK);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of(PAY, PAY_ALL, COUNT);
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "Cashier.chargeAll":
                compensateChargeAll(bean, arguments, result, context);
                break;
            case "Cashier.token":
                compensateToken(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("Cashier has no compensation for " + step);
        }
    }

    private static void compensateChargeAll(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        arguments.end();
        ((Cashier) bean).unchargeAll();
    }

    private static void compensateToken(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        String argument0 = arguments.readString();
        Optional<String> argument1 = Optional.empty();
        if (result != null) {
            argument1 = Optional.ofNullable(result.readString());
            result.end();
        }
        arguments.end();
        ((Cashier) bean).forget(argument0, argument1);
    }

    static void recordToken(ArgumentWriter out, String argument0) {
        out.writeString(argument0);
    }

    private static final class TokenResult implements ArgumentCodec<String> {
        @Override
        public void write(ArgumentWriter out, String value) {
            out.writeString(value);
        }

        @Override
        public String read(ArgumentReader in) {
            return in.readString();
        }
    }
}
