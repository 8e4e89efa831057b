package basics;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.StepContext;
import io.dtx.TransactionMode;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.MalformedRecordException;
import io.dtx.spi.Participant;
import io.dtx.spi.RetrySchedule;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code StockService}, and how its compensations are called.
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
public final class StockService_DtxParticipant implements Participant {
    static final StepDescriptor<Long> RESERVE = StepDescriptor.<Long>named("StockService.reserve", 0xc73cdcfe812d7b75L)
            .resource("stock")
            .compensation("release")
            .timeoutMillis(3000L)
            .retry(new RetrySchedule(3, 100L, 2.0, 5000L, 0.2), List.of(IOException.class), List.of(IllegalStateException.class))
            .compensationRetry(new RetrySchedule(120, 100L, 2.0, 60000L, 0.2), List.of(), List.of())
            .result(new ReserveResult())
            .build();

    static final StepDescriptor<String> CHARGE = StepDescriptor.<String>named("charging", 0xc45eabc7cd7fe6e7L)
            .compensation("refund")
            .result(new ChargeResult())
            .noEffectOn(List.of(IllegalArgumentException.class))
            .build();

    static final StepDescriptor<Void> SHIP = StepDescriptor.<Void>named("StockService.ship", 0x9bc2a4b320f13d87L)
            .resource("shipments")
            .compensation("unship")
            .standalone()
            .build();

    static final StepDescriptor<Integer> LOOK = StepDescriptor.<Integer>named("StockService.look", 0x1490da03c5d91e20L)
            .build();

    static final TransactionDescriptor PLACE = new TransactionDescriptor(
            "StockService.place",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            30000L,
            List.of(IllegalArgumentException.class));

    static final TransactionDescriptor BROWSE = new TransactionDescriptor(
            "StockService.browse",
            TransactionMode.SAGA,
            Propagation.SUPPORTS,
            Recovery.BACKWARD,
            0L,
            List.of());

    static final TransactionDescriptor PLACE_ALL = new TransactionDescriptor(
            "all of it",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            0L,
            List.of());

    /**
     * Creates the participant; it has no state.
     */
    public StockService_DtxParticipant() {
    }

    @Override
    public String className() {
        return "basics.StockService";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(RESERVE, CHARGE, SHIP, LOOK);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of(PLACE, BROWSE, PLACE_ALL);
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "StockService.reserve":
                compensateReserve(bean, arguments, result, context);
                break;
            case "charging":
                compensateCharge(bean, arguments, result, context);
                break;
            case "StockService.ship":
                compensateShip(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("StockService has no compensation for " + step);
        }
    }

    private static void compensateReserve(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        String argument0 = arguments.readString();
        int argument1 = arguments.readInt();
        if (result == null) {
            throw new MalformedRecordException("the result of StockService.reserve was not recorded");
        }
        long argument2 = result.readLong();
        result.end();
        arguments.end();
        ((StockService) bean).release(argument0, argument1, argument2);
    }

    private static void compensateCharge(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        String argument0 = arguments.readString();
        Optional<String> argument1 = Optional.empty();
        if (result != null) {
            argument1 = Optional.ofNullable(result.readString());
            result.end();
        }
        arguments.end();
        ((StockService) bean).refund(argument0, argument1, context);
    }

    private static void compensateShip(Object bean, ArgumentReader arguments, ArgumentReader result,
            StepContext context) throws Throwable {
        String[] argument0 = readStringArray(arguments);
        arguments.end();
        ((StockService) bean).unship(argument0);
    }

    static void recordReserve(ArgumentWriter out, String argument0, int argument1) {
        out.writeString(argument0);
        out.writeInt(argument1);
    }

    static void recordCharge(ArgumentWriter out, String argument0) {
        out.writeString(argument0);
    }

    static void recordShip(ArgumentWriter out, String[] argument0) {
        writeStringArray(out, argument0);
    }

    private static void writeStringArray(ArgumentWriter out, String[] value) {
        if (out.writeSize(value == null ? -1 : value.length)) {
            for (String each : value) {
                out.writeString(each);
            }
        }
    }

    private static String[] readStringArray(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        String[] values = new String[size];
        for (int i = 0; i < size; i++) {
            values[i] = in.readString();
        }
        return values;
    }

    private static final class ReserveResult implements ArgumentCodec<Long> {
        @Override
        public void write(ArgumentWriter out, Long value) {
            out.writeLong(value);
        }

        @Override
        public Long read(ArgumentReader in) {
            return in.readLong();
        }
    }

    private static final class ChargeResult implements ArgumentCodec<String> {
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
