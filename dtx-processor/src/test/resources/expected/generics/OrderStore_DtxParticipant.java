package generics;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code OrderStore}, and how its compensations are called.
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
public final class OrderStore_DtxParticipant implements Participant {
    static final StepDescriptor<Long> SAVE = StepDescriptor.<Long>named("OrderStore.save", 0x9230facbcf7f1b38L)
            .resource("store")
            .compensation("remove")
            .result(new SaveResult())
            .build();

    static final StepDescriptor<Optional<OrderStore.Order>> PUBLISH = StepDescriptor.<Optional<OrderStore.Order>>named("OrderStore.publish", 0x4e28f97644027878L)
            .compensation("unpublish")
            .result(new PublishResult())
            .build();

    private static final RecordShape SHAPE_ORDER = RecordShape.of("Order", "id:string", "lines:record");

    private static final RecordShape SHAPE_PAIR = RecordShape.of("Pair<java.lang.String, generics.OrderStore.Pair<java.lang.Integer, int[]>>", "first:string", "second:record");

    private static final RecordShape SHAPE_PAIR2 = RecordShape.of("Pair<java.lang.Integer, int[]>", "first:boxed-int", "second:array<int>");

    /**
     * Creates the participant; it has no state.
     */
    public OrderStore_DtxParticipant() {
    }

    @Override
    public String className() {
        return "generics.OrderStore";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(SAVE, PUBLISH);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of();
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "OrderStore.save":
                compensateSave(bean, arguments, result, context);
                break;
            case "OrderStore.publish":
                compensatePublish(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("OrderStore has no compensation for " + step);
        }
    }

    private static void compensateSave(Object bean, ArgumentReader arguments, ArgumentReader result,
            StepContext context) throws Throwable {
        OrderStore.Order argument0 = readOrder(arguments);
        List<Long> argument1 = readLongList(arguments);
        if (result == null) {
            throw new MalformedRecordException("the result of OrderStore.save was not recorded");
        }
        Long argument2 = readLong(result);
        result.end();
        arguments.end();
        ((OrderStore) bean).remove(argument0, argument1, argument2);
    }

    private static void compensatePublish(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        OrderStore.Order argument0 = readOrder(arguments);
        Optional<Optional<OrderStore.Order>> argument1 = Optional.empty();
        if (result != null) {
            argument1 = Optional.ofNullable(readOptionalOrder(result));
            result.end();
        }
        arguments.end();
        ((OrderStore) bean).unpublish(argument0, argument1);
    }

    static void recordSave(ArgumentWriter out, OrderStore.Order argument0, List<Long> argument1) {
        writeOrder(out, argument0);
        writeLongList(out, argument1);
    }

    static void recordPublish(ArgumentWriter out, OrderStore.Order argument0) {
        writeOrder(out, argument0);
    }

    private static void writeOrder(ArgumentWriter out, OrderStore.Order value) {
        int begin = out.beginRecord(value, SHAPE_ORDER);
        if (begin >= 0) {
            out.writeString(value.id());
            writePair(out, value.lines());
            out.endRecord(begin);
        }
    }

    private static OrderStore.Order readOrder(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_ORDER);
        if (frame == null) {
            return null;
        }
        String id = frame.has(0) ? in.readString() : null;
        OrderStore.Pair<String, OrderStore.Pair<Integer, int[]>> lines = frame.has(1) ? readPair(in) : null;
        frame.end();
        try {
            return new OrderStore.Order(id, lines);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Order refuses its recorded components", e);
        }
    }

    private static void writeLongList(ArgumentWriter out, List<Long> value) {
        List<Long> copy = value == null ? null : new ArrayList<>(value);
        if (out.writeSize(copy)) {
            for (Long each : copy) {
                writeLong(out, each);
            }
        }
    }

    private static List<Long> readLongList(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(readLong(in));
        }
        return values;
    }

    private static void writeLong(ArgumentWriter out, Long value) {
        if (out.writePresence(value)) {
            out.writeLong(value);
        }
    }

    private static Long readLong(ArgumentReader in) {
        return in.readPresence() ? Long.valueOf(in.readLong()) : null;
    }

    private static void writeOptionalOrder(ArgumentWriter out, Optional<OrderStore.Order> value) {
        if (out.writeOptional(value)) {
            writeOrder(out, value.get());
        }
    }

    private static Optional<OrderStore.Order> readOptionalOrder(ArgumentReader in) {
        switch (in.readTag(2)) {
            case 0:
                return null;
            case 1:
                return Optional.empty();
            default:
                return Optional.ofNullable(readOrder(in));
        }
    }

    private static void writePair(ArgumentWriter out,
            OrderStore.Pair<String, OrderStore.Pair<Integer, int[]>> value) {
        int begin = out.beginRecord(value, SHAPE_PAIR);
        if (begin >= 0) {
            out.writeString(value.first());
            writePair2(out, value.second());
            out.endRecord(begin);
        }
    }

    private static OrderStore.Pair<String, OrderStore.Pair<Integer, int[]>> readPair(
            ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_PAIR);
        if (frame == null) {
            return null;
        }
        String first = frame.has(0) ? in.readString() : null;
        OrderStore.Pair<Integer, int[]> second = frame.has(1) ? readPair2(in) : null;
        frame.end();
        try {
            return new OrderStore.Pair<String, OrderStore.Pair<Integer, int[]>>(first, second);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Pair<java.lang.String, generics.OrderStore.Pair<java.lang.Integer, int[]>> refuses its recorded components", e);
        }
    }

    private static void writePair2(ArgumentWriter out, OrderStore.Pair<Integer, int[]> value) {
        int begin = out.beginRecord(value, SHAPE_PAIR2);
        if (begin >= 0) {
            writeInteger(out, value.first());
            writeIntArray(out, value.second());
            out.endRecord(begin);
        }
    }

    private static OrderStore.Pair<Integer, int[]> readPair2(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_PAIR2);
        if (frame == null) {
            return null;
        }
        Integer first = frame.has(0) ? readInteger(in) : null;
        int[] second = frame.has(1) ? readIntArray(in) : null;
        frame.end();
        try {
            return new OrderStore.Pair<Integer, int[]>(first, second);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Pair<java.lang.Integer, int[]> refuses its recorded components", e);
        }
    }

    private static void writeInteger(ArgumentWriter out, Integer value) {
        if (out.writePresence(value)) {
            out.writeInt(value);
        }
    }

    private static Integer readInteger(ArgumentReader in) {
        return in.readPresence() ? Integer.valueOf(in.readInt()) : null;
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

    private static final class SaveResult implements ArgumentCodec<Long> {
        @Override
        public void write(ArgumentWriter out, Long value) {
            writeLong(out, value);
        }

        @Override
        public Long read(ArgumentReader in) {
            return readLong(in);
        }
    }

    private static final class PublishResult implements ArgumentCodec<Optional<OrderStore.Order>> {
        @Override
        public void write(ArgumentWriter out, Optional<OrderStore.Order> value) {
            writeOptionalOrder(out, value);
        }

        @Override
        public Optional<OrderStore.Order> read(ArgumentReader in) {
            return readOptionalOrder(in);
        }
    }
}
