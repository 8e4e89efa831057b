package codecs;

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
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Till}, and how its compensations are called.
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
public final class Till_DtxParticipant implements Participant {
    static final StepDescriptor<Integer> TAKE = StepDescriptor.<Integer>named("Till.take", 0x0d6eb1586d62603eL)
            .resource("till")
            .compensation("giveBack")
            .result(new TakeResult())
            .build();

    private static final RecordShape SHAPE_BILL = RecordShape.of("Bill", "total:by<codecs.MoneyCodec>", "parts:list<by<codecs.MoneyCodec>>", "color:by<codecs.HexCodec>");

    private static final MoneyCodec CODEC_MONEY_BY_MONEY_CODEC = new MoneyCodec();

    private static final HexCodec CODEC_INT_BY_HEX_CODEC = new HexCodec();

    private static final HexCodec CODEC_INTEGER_BY_HEX_CODEC = new HexCodec();

    /**
     * Creates the participant; it has no state.
     */
    public Till_DtxParticipant() {
    }

    @Override
    public String className() {
        return "codecs.Till";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(TAKE);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of();
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "Till.take":
                compensateTake(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("Till has no compensation for " + step);
        }
    }

    private static void compensateTake(Object bean, ArgumentReader arguments, ArgumentReader result,
            StepContext context) throws Throwable {
        Till.Bill argument0 = readBill(arguments);
        Money argument1 = readMoneyByMoneyCodec(arguments);
        int argument2 = readIntByHexCodec(arguments);
        Integer argument3 = readIntegerByHexCodec(arguments);
        if (result == null) {
            throw new MalformedRecordException("the result of Till.take was not recorded");
        }
        int argument4 = readIntByHexCodec(result);
        result.end();
        arguments.end();
        ((Till) bean).giveBack(argument0, argument1, argument2, argument3, argument4);
    }

    static void recordTake(ArgumentWriter out, Till.Bill argument0, Money argument1, int argument2,
            Integer argument3) {
        writeBill(out, argument0);
        writeMoneyByMoneyCodec(out, argument1);
        writeIntByHexCodec(out, argument2);
        writeIntegerByHexCodec(out, argument3);
    }

    private static void writeBill(ArgumentWriter out, Till.Bill value) {
        int begin = out.beginRecord(value, SHAPE_BILL);
        if (begin >= 0) {
            writeMoneyByMoneyCodec(out, value.total());
            writeMoneyByMoneyCodecList(out, value.parts());
            writeIntByHexCodec(out, value.color());
            out.endRecord(begin);
        }
    }

    private static Till.Bill readBill(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_BILL);
        if (frame == null) {
            return null;
        }
        Money total = frame.has(0) ? readMoneyByMoneyCodec(in) : null;
        List<Money> parts = frame.has(1) ? readMoneyByMoneyCodecList(in) : null;
        int color = frame.has(2) ? readIntByHexCodec(in) : 0;
        frame.end();
        try {
            return new Till.Bill(total, parts, color);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Bill refuses its recorded components", e);
        }
    }

    private static void writeMoneyByMoneyCodec(ArgumentWriter out, Money value) {
        if (out.writePresence(value)) {
            CODEC_MONEY_BY_MONEY_CODEC.write(out, value);
        }
    }

    private static Money readMoneyByMoneyCodec(ArgumentReader in) {
        return in.readPresence() ? CODEC_MONEY_BY_MONEY_CODEC.read(in) : null;
    }

    private static void writeIntByHexCodec(ArgumentWriter out, int value) {
        CODEC_INT_BY_HEX_CODEC.write(out, value);
    }

    private static int readIntByHexCodec(ArgumentReader in) {
        return CODEC_INT_BY_HEX_CODEC.read(in);
    }

    private static void writeIntegerByHexCodec(ArgumentWriter out, Integer value) {
        if (out.writePresence(value)) {
            CODEC_INTEGER_BY_HEX_CODEC.write(out, value);
        }
    }

    private static Integer readIntegerByHexCodec(ArgumentReader in) {
        return in.readPresence() ? CODEC_INTEGER_BY_HEX_CODEC.read(in) : null;
    }

    private static void writeMoneyByMoneyCodecList(ArgumentWriter out, List<Money> value) {
        List<Money> copy = value == null ? null : new ArrayList<>(value);
        if (out.writeSize(copy)) {
            for (Money each : copy) {
                writeMoneyByMoneyCodec(out, each);
            }
        }
    }

    private static List<Money> readMoneyByMoneyCodecList(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        List<Money> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(readMoneyByMoneyCodec(in));
        }
        return values;
    }

    private static final class TakeResult implements ArgumentCodec<Integer> {
        @Override
        public void write(ArgumentWriter out, Integer value) {
            writeIntByHexCodec(out, value);
        }

        @Override
        public Integer read(ArgumentReader in) {
            return readIntByHexCodec(in);
        }
    }
}
