package shadowing;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.StepContext;
import io.dtx.TransactionMode;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.MalformedRecordException;
import io.dtx.spi.Participant;
import io.dtx.spi.RecordFrame;
import io.dtx.spi.RecordShape;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.lang.IllegalArgumentException;
import java.lang.Integer;
import java.lang.Long;
import java.lang.Object;
import java.lang.Override;
import java.lang.RuntimeException;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.lang.Throwable;
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
    static final StepDescriptor<Integer> RESERVE = StepDescriptor.<Integer>named("Service.reserve", 0x515d8186a322cb1aL)
            .resource("r")
            .compensation("release")
            .result(new ReserveResult())
            .build();

    static final TransactionDescriptor PLACE = new TransactionDescriptor(
            "Service.place",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            0L,
            List.of());

    private static final RecordShape SHAPE_ORDER = RecordShape.of("Order", "id:string", "quantity:boxed-int");

    /**
     * Creates the participant; it has no state.
     */
    public Service_DtxParticipant() {
    }

    @Override
    public String className() {
        return "shadowing.Service";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(RESERVE);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of(PLACE);
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "Service.reserve":
                compensateReserve(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("Service has no compensation for " + step);
        }
    }

    private static void compensateReserve(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        Service.Order argument0 = readOrder(arguments);
        Long argument1 = readLong(arguments);
        boolean argument2 = arguments.readBoolean();
        String[] argument3 = readStringArray(arguments);
        if (result == null) {
            throw new MalformedRecordException("the result of Service.reserve was not recorded");
        }
        int argument4 = result.readInt();
        result.end();
        arguments.end();
        ((Service) bean).release(argument0, argument1, argument2, argument3, argument4);
    }

    static void recordReserve(ArgumentWriter out, Service.Order argument0, Long argument1,
            boolean argument2, String[] argument3) {
        writeOrder(out, argument0);
        writeLong(out, argument1);
        out.writeBoolean(argument2);
        writeStringArray(out, argument3);
    }

    private static void writeOrder(ArgumentWriter out, Service.Order value) {
        int begin = out.beginRecord(value, SHAPE_ORDER);
        if (begin >= 0) {
            out.writeString(value.id());
            writeInteger(out, value.quantity());
            out.endRecord(begin);
        }
    }

    private static Service.Order readOrder(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_ORDER);
        if (frame == null) {
            return null;
        }
        String id = frame.has(0) ? in.readString() : null;
        Integer quantity = frame.has(1) ? readInteger(in) : null;
        frame.end();
        try {
            return new Service.Order(id, quantity);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Order refuses its recorded components", e);
        }
    }

    private static void writeLong(ArgumentWriter out, Long value) {
        if (out.writePresence(value)) {
            out.writeLong(value);
        }
    }

    private static Long readLong(ArgumentReader in) {
        return in.readPresence() ? Long.valueOf(in.readLong()) : null;
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

    private static void writeInteger(ArgumentWriter out, Integer value) {
        if (out.writePresence(value)) {
            out.writeInt(value);
        }
    }

    private static Integer readInteger(ArgumentReader in) {
        return in.readPresence() ? Integer.valueOf(in.readInt()) : null;
    }

    private static final class ReserveResult implements ArgumentCodec<Integer> {
        @Override
        public void write(ArgumentWriter out, Integer value) {
            out.writeInt(value);
        }

        @Override
        public Integer read(ArgumentReader in) {
            return in.readInt();
        }
    }
}
