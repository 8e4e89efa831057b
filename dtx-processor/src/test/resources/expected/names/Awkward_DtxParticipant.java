package names;

import io.dtx.StepContext;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.MalformedRecordException;
import io.dtx.spi.Participant;
import io.dtx.spi.RecordFrame;
import io.dtx.spi.RecordShape;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Awkward}, and how its compensations are called.
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
public final class Awkward_DtxParticipant implements Participant {
    static final StepDescriptor<Awkward.ReserveResult> RESERVE = StepDescriptor.<Awkward.ReserveResult>named("Awkward.reserve", 0x50259fd119449a1dL)
            .resource("r")
            .compensation("undo")
            .result(new ReserveResult())
            .build();

    static final StepDescriptor<Void> OVER = StepDescriptor.<Void>named("one", 0x3a2bb0effb4b58a0L)
            .compensation("undoOne")
            .build();

    static final StepDescriptor<Void> OVER2 = StepDescriptor.<Void>named("two, with é and spaces", 0xce750691996f4064L)
            .compensation("undoTwo")
            .build();

    static final StepDescriptor<Void> OVER3 = StepDescriptor.<Void>named("three", 0x1490da03c5d91e20L)
            .build();

    private static final RecordShape SHAPE_LIST = RecordShape.of("List", "in:string", "frame:int", "e:long", "value:record", "begin:record");

    private static final RecordShape SHAPE_OPTIONAL = RecordShape.of("Optional", "name:string");

    private static final RecordShape SHAPE_RESERVE_RESULT = RecordShape.of("ReserveResult", "out:enum");

    /**
     * Creates the participant; it has no state.
     */
    public Awkward_DtxParticipant() {
    }

    @Override
    public String className() {
        return "names.Awkward";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(RESERVE, OVER, OVER2, OVER3);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of();
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "Awkward.reserve":
                compensateReserve(bean, arguments, result, context);
                break;
            case "one":
                compensateOver(bean, arguments, result, context);
                break;
            case "two, with é and spaces":
                compensateOver2(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("Awkward has no compensation for " + step);
        }
    }

    private static void compensateReserve(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        Awkward.List argument0 = readList(arguments);
        Awkward.Optional argument1 = readOptional(arguments);
        int argument2 = arguments.readInt();
        String argument3 = arguments.readString();
        String argument4 = arguments.readString();
        byte argument5 = arguments.readByte();
        if (result == null) {
            throw new MalformedRecordException("the result of Awkward.reserve was not recorded");
        }
        Awkward.ReserveResult argument6 = readReserveResult(result);
        result.end();
        arguments.end();
        ((Awkward) bean).undo(argument0, argument1, argument2, argument3, argument4, argument5, argument6);
    }

    private static void compensateOver(Object bean, ArgumentReader arguments, ArgumentReader result,
            StepContext context) throws Throwable {
        int[] argument0 = readIntArray(arguments);
        arguments.end();
        ((Awkward) bean).undoOne(argument0);
    }

    private static void compensateOver2(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        long[] argument0 = readLongArray(arguments);
        arguments.end();
        ((Awkward) bean).undoTwo(argument0);
    }

    static void recordReserve(ArgumentWriter out, Awkward.List argument0,
            Awkward.Optional argument1, int argument2, String argument3, String argument4,
            byte argument5) {
        writeList(out, argument0);
        writeOptional(out, argument1);
        out.writeInt(argument2);
        out.writeString(argument3);
        out.writeString(argument4);
        out.writeByte(argument5);
    }

    static void recordOver(ArgumentWriter out, int[] argument0) {
        writeIntArray(out, argument0);
    }

    static void recordOver2(ArgumentWriter out, long[] argument0) {
        writeLongArray(out, argument0);
    }

    private static void writeList(ArgumentWriter out, Awkward.List value) {
        int begin = out.beginRecord(value, SHAPE_LIST);
        if (begin >= 0) {
            out.writeString(value.in());
            out.writeInt(value.frame());
            out.writeLong(value.e());
            writeOptional(out, value.value());
            writeOptional(out, value.begin());
            out.endRecord(begin);
        }
    }

    private static Awkward.List readList(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_LIST);
        if (frame == null) {
            return null;
        }
        String in_ = frame.has(0) ? in.readString() : null;
        int frame_ = frame.has(1) ? in.readInt() : 0;
        long e_ = frame.has(2) ? in.readLong() : 0;
        Awkward.Optional value = frame.has(3) ? readOptional(in) : null;
        Awkward.Optional begin = frame.has(4) ? readOptional(in) : null;
        frame.end();
        try {
            return new Awkward.List(in_, frame_, e_, value, begin);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("List refuses its recorded components", e);
        }
    }

    private static void writeOptional(ArgumentWriter out, Awkward.Optional value) {
        int begin = out.beginRecord(value, SHAPE_OPTIONAL);
        if (begin >= 0) {
            out.writeString(value.name());
            out.endRecord(begin);
        }
    }

    private static Awkward.Optional readOptional(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_OPTIONAL);
        if (frame == null) {
            return null;
        }
        String name = frame.has(0) ? in.readString() : null;
        frame.end();
        try {
            return new Awkward.Optional(name);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Optional refuses its recorded components", e);
        }
    }

    private static void writeReserveResult(ArgumentWriter out, Awkward.ReserveResult value) {
        int begin = out.beginRecord(value, SHAPE_RESERVE_RESULT);
        if (begin >= 0) {
            out.writeEnum(value.out());
            out.endRecord(begin);
        }
    }

    private static Awkward.ReserveResult readReserveResult(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_RESERVE_RESULT);
        if (frame == null) {
            return null;
        }
        Awkward.StepGateway out = frame.has(0) ? in.readEnum(Awkward.StepGateway.class) : null;
        frame.end();
        try {
            return new Awkward.ReserveResult(out);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("ReserveResult refuses its recorded components", e);
        }
    }

    private static void writeIntArray(ArgumentWriter out, int[] value) {
        if (out.writeSize(value == null ? -1 : value.length)) {
            for (int each : value) {
                out.writeInt(each);
            }
        }
    }

    private static int[] readIntArray(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    private static void writeLongArray(ArgumentWriter out, long[] value) {
        if (out.writeSize(value == null ? -1 : value.length)) {
            for (long each : value) {
                out.writeLong(each);
            }
        }
    }

    private static long[] readLongArray(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    private static final class ReserveResult implements ArgumentCodec<Awkward.ReserveResult> {
        @Override
        public void write(ArgumentWriter out, Awkward.ReserveResult value) {
            writeReserveResult(out, value);
        }

        @Override
        public Awkward.ReserveResult read(ArgumentReader in) {
            return readReserveResult(in);
        }
    }
}
