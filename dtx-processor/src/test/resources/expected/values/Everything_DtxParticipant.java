package values;

import io.dtx.StepContext;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.MalformedRecordException;
import io.dtx.spi.Participant;
import io.dtx.spi.RecordFrame;
import io.dtx.spi.RecordShape;
import io.dtx.spi.RecordedTime;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Everything}, and how its compensations are called.
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
public final class Everything_DtxParticipant implements Participant {
    static final StepDescriptor<String> TEXT = StepDescriptor.<String>named("Everything.text", 0xcbc8929cd402606cL)
            .resource("r")
            .compensation("undoText")
            .result(new TextResult())
            .build();

    static final StepDescriptor<Double> PRIMITIVES = StepDescriptor.<Double>named("Everything.primitives", 0x737560fe2696e14dL)
            .resource("r")
            .compensation("undoPrimitives")
            .result(new PrimitivesResult())
            .build();

    static final StepDescriptor<Everything.Numbers> NUMBERS = StepDescriptor.<Everything.Numbers>named("Everything.numbers", 0x7bc407c586665583L)
            .resource("r")
            .compensation("undoNumbers")
            .result(new NumbersResult())
            .build();

    static final StepDescriptor<Everything.Outcome> SHAPES = StepDescriptor.<Everything.Outcome>named("Everything.shapes", 0x74276c956341ca0cL)
            .compensation("undoShapes")
            .result(new ShapesResult())
            .build();

    private static final RecordShape SHAPE_PRIMITIVES = RecordShape.of("Primitives", "a:boolean", "b:byte", "c:short", "d:char", "e:int", "f:long", "g:float", "h:double");

    private static final RecordShape SHAPE_BOXES = RecordShape.of("Boxes", "a:boxed-boolean", "b:boxed-byte", "c:boxed-short", "d:boxed-char", "e:boxed-int", "f:boxed-long", "g:boxed-float", "h:boxed-double");

    private static final RecordShape SHAPE_TIMES = RecordShape.of("Times", "a:Instant", "b:Duration", "c:Period", "d:LocalDate", "e:LocalTime", "f:LocalDateTime", "g:OffsetTime", "h:OffsetDateTime", "i:ZonedDateTime", "j:Year", "k:YearMonth", "l:MonthDay", "m:ZoneId", "n:ZoneOffset", "o:enum");

    private static final RecordShape SHAPE_NUMBERS = RecordShape.of("Numbers", "a:decimal", "b:integer", "c:uuid", "d:bytes");

    private static final RecordShape SHAPE_TREE = RecordShape.of("Tree", "name:string", "children:list<record>", "index:map<string,optional<record>>");

    private static final RecordShape SHAPE_NO_CARD = RecordShape.of("NoCard");

    private static final RecordShape SHAPE_NO_MONEY = RecordShape.of("NoMoney", "missing:int");

    private static final RecordShape SHAPE_PAID = RecordShape.of("Paid", "amount:decimal");

    /**
     * Creates the participant; it has no state.
     */
    public Everything_DtxParticipant() {
    }

    @Override
    public String className() {
        return "values.Everything";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(TEXT, PRIMITIVES, NUMBERS, SHAPES);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of();
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "Everything.text":
                compensateText(bean, arguments, result, context);
                break;
            case "Everything.primitives":
                compensatePrimitives(bean, arguments, result, context);
                break;
            case "Everything.numbers":
                compensateNumbers(bean, arguments, result, context);
                break;
            case "Everything.shapes":
                compensateShapes(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("Everything has no compensation for " + step);
        }
    }

    private static void compensateText(Object bean, ArgumentReader arguments, ArgumentReader result,
            StepContext context) throws Throwable {
        String argument0 = arguments.readString();
        String[] argument1 = readStringArray(arguments);
        if (result == null) {
            throw new MalformedRecordException("the result of Everything.text was not recorded");
        }
        String argument2 = result.readString();
        result.end();
        arguments.end();
        ((Everything) bean).undoText(argument0, argument1, argument2);
    }

    private static void compensatePrimitives(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        boolean argument0 = arguments.readBoolean();
        byte argument1 = arguments.readByte();
        short argument2 = arguments.readShort();
        char argument3 = arguments.readChar();
        int argument4 = arguments.readInt();
        long argument5 = arguments.readLong();
        float argument6 = arguments.readFloat();
        double argument7 = arguments.readDouble();
        Everything.Primitives argument8 = readPrimitives(arguments);
        Everything.Boxes argument9 = readBoxes(arguments);
        if (result == null) {
            throw new MalformedRecordException("the result of Everything.primitives was not recorded");
        }
        double argument10 = result.readDouble();
        result.end();
        arguments.end();
        ((Everything) bean).undoPrimitives(argument0, argument1, argument2, argument3, argument4, argument5, argument6, argument7, argument8, argument9, argument10);
    }

    private static void compensateNumbers(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        BigDecimal argument0 = arguments.readBigDecimal();
        BigInteger argument1 = arguments.readBigInteger();
        UUID argument2 = arguments.readUuid();
        byte[] argument3 = arguments.readBytes();
        Everything.Times argument4 = readTimes(arguments);
        if (result == null) {
            throw new MalformedRecordException("the result of Everything.numbers was not recorded");
        }
        Everything.Numbers argument5 = readNumbers(result);
        result.end();
        arguments.end();
        ((Everything) bean).undoNumbers(argument0, argument1, argument2, argument3, argument4, argument5);
    }

    private static void compensateShapes(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        Everything.Outcome argument0 = readOutcome(arguments);
        Everything.Tree argument1 = readTree(arguments);
        Map<DayOfWeek, ? extends Set<Integer>> argument2 = readDayOfWeekToIntegerSetMap(arguments);
        long[][] argument3 = readLongArrayArray(arguments);
        List<String>[] argument4 = readStringListArray(arguments);
        Optional<Everything.Outcome> argument5 = Optional.empty();
        if (result != null) {
            argument5 = Optional.ofNullable(readOutcome(result));
            result.end();
        }
        arguments.end();
        ((Everything) bean).undoShapes(argument0, argument1, argument2, argument3, argument4, argument5);
    }

    static void recordText(ArgumentWriter out, String argument0, String[] argument1) {
        out.writeString(argument0);
        writeStringArray(out, argument1);
    }

    static void recordPrimitives(ArgumentWriter out, boolean argument0, byte argument1,
            short argument2, char argument3, int argument4, long argument5, float argument6,
            double argument7, Everything.Primitives argument8, Everything.Boxes argument9) {
        out.writeBoolean(argument0);
        out.writeByte(argument1);
        out.writeInt(argument2);
        out.writeInt(argument3);
        out.writeInt(argument4);
        out.writeLong(argument5);
        out.writeFloat(argument6);
        out.writeDouble(argument7);
        writePrimitives(out, argument8);
        writeBoxes(out, argument9);
    }

    static void recordNumbers(ArgumentWriter out, BigDecimal argument0, BigInteger argument1,
            UUID argument2, byte[] argument3, Everything.Times argument4) {
        out.writeBigDecimal(argument0);
        out.writeBigInteger(argument1);
        out.writeUuid(argument2);
        out.writeBytes(argument3);
        writeTimes(out, argument4);
    }

    static void recordShapes(ArgumentWriter out, Everything.Outcome argument0,
            Everything.Tree argument1, Map<DayOfWeek, ? extends Set<Integer>> argument2,
            long[][] argument3, List<String>[] argument4) {
        writeOutcome(out, argument0);
        writeTree(out, argument1);
        writeDayOfWeekToIntegerSetMap(out, argument2);
        writeLongArrayArray(out, argument3);
        writeStringListArray(out, argument4);
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

    private static void writePrimitives(ArgumentWriter out, Everything.Primitives value) {
        int begin = out.beginRecord(value, SHAPE_PRIMITIVES);
        if (begin >= 0) {
            out.writeBoolean(value.a());
            out.writeByte(value.b());
            out.writeInt(value.c());
            out.writeInt(value.d());
            out.writeInt(value.e());
            out.writeLong(value.f());
            out.writeFloat(value.g());
            out.writeDouble(value.h());
            out.endRecord(begin);
        }
    }

    private static Everything.Primitives readPrimitives(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_PRIMITIVES);
        if (frame == null) {
            return null;
        }
        boolean a = frame.has(0) ? in.readBoolean() : false;
        byte b = frame.has(1) ? in.readByte() : 0;
        short c = frame.has(2) ? in.readShort() : 0;
        char d = frame.has(3) ? in.readChar() : 0;
        int e_ = frame.has(4) ? in.readInt() : 0;
        long f = frame.has(5) ? in.readLong() : 0;
        float g = frame.has(6) ? in.readFloat() : 0;
        double h = frame.has(7) ? in.readDouble() : 0;
        frame.end();
        try {
            return new Everything.Primitives(a, b, c, d, e_, f, g, h);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Primitives refuses its recorded components", e);
        }
    }

    private static void writeBoxes(ArgumentWriter out, Everything.Boxes value) {
        int begin = out.beginRecord(value, SHAPE_BOXES);
        if (begin >= 0) {
            writeBoolean2(out, value.a());
            writeByte2(out, value.b());
            writeShort2(out, value.c());
            writeCharacter(out, value.d());
            writeInteger(out, value.e());
            writeLong2(out, value.f());
            writeFloat2(out, value.g());
            writeDouble2(out, value.h());
            out.endRecord(begin);
        }
    }

    private static Everything.Boxes readBoxes(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_BOXES);
        if (frame == null) {
            return null;
        }
        Boolean a = frame.has(0) ? readBoolean2(in) : null;
        Byte b = frame.has(1) ? readByte2(in) : null;
        Short c = frame.has(2) ? readShort2(in) : null;
        Character d = frame.has(3) ? readCharacter(in) : null;
        Integer e_ = frame.has(4) ? readInteger(in) : null;
        Long f = frame.has(5) ? readLong2(in) : null;
        Float g = frame.has(6) ? readFloat2(in) : null;
        Double h = frame.has(7) ? readDouble2(in) : null;
        frame.end();
        try {
            return new Everything.Boxes(a, b, c, d, e_, f, g, h);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Boxes refuses its recorded components", e);
        }
    }

    private static void writeTimes(ArgumentWriter out, Everything.Times value) {
        int begin = out.beginRecord(value, SHAPE_TIMES);
        if (begin >= 0) {
            RecordedTime.writeInstant(out, value.a());
            RecordedTime.writeDuration(out, value.b());
            RecordedTime.writePeriod(out, value.c());
            RecordedTime.writeLocalDate(out, value.d());
            RecordedTime.writeLocalTime(out, value.e());
            RecordedTime.writeLocalDateTime(out, value.f());
            RecordedTime.writeOffsetTime(out, value.g());
            RecordedTime.writeOffsetDateTime(out, value.h());
            RecordedTime.writeZonedDateTime(out, value.i());
            RecordedTime.writeYear(out, value.j());
            RecordedTime.writeYearMonth(out, value.k());
            RecordedTime.writeMonthDay(out, value.l());
            RecordedTime.writeZoneId(out, value.m());
            RecordedTime.writeZoneOffset(out, value.n());
            out.writeEnum(value.o());
            out.endRecord(begin);
        }
    }

    private static Everything.Times readTimes(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_TIMES);
        if (frame == null) {
            return null;
        }
        Instant a = frame.has(0) ? RecordedTime.readInstant(in) : null;
        Duration b = frame.has(1) ? RecordedTime.readDuration(in) : null;
        Period c = frame.has(2) ? RecordedTime.readPeriod(in) : null;
        LocalDate d = frame.has(3) ? RecordedTime.readLocalDate(in) : null;
        LocalTime e_ = frame.has(4) ? RecordedTime.readLocalTime(in) : null;
        LocalDateTime f = frame.has(5) ? RecordedTime.readLocalDateTime(in) : null;
        OffsetTime g = frame.has(6) ? RecordedTime.readOffsetTime(in) : null;
        OffsetDateTime h = frame.has(7) ? RecordedTime.readOffsetDateTime(in) : null;
        ZonedDateTime i = frame.has(8) ? RecordedTime.readZonedDateTime(in) : null;
        Year j = frame.has(9) ? RecordedTime.readYear(in) : null;
        YearMonth k = frame.has(10) ? RecordedTime.readYearMonth(in) : null;
        MonthDay l = frame.has(11) ? RecordedTime.readMonthDay(in) : null;
        ZoneId m = frame.has(12) ? RecordedTime.readZoneId(in) : null;
        ZoneOffset n = frame.has(13) ? RecordedTime.readZoneOffset(in) : null;
        DayOfWeek o = frame.has(14) ? in.readEnum(DayOfWeek.class) : null;
        frame.end();
        try {
            return new Everything.Times(a, b, c, d, e_, f, g, h, i, j, k, l, m, n, o);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Times refuses its recorded components", e);
        }
    }

    private static void writeNumbers(ArgumentWriter out, Everything.Numbers value) {
        int begin = out.beginRecord(value, SHAPE_NUMBERS);
        if (begin >= 0) {
            out.writeBigDecimal(value.a());
            out.writeBigInteger(value.b());
            out.writeUuid(value.c());
            out.writeBytes(value.d());
            out.endRecord(begin);
        }
    }

    private static Everything.Numbers readNumbers(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_NUMBERS);
        if (frame == null) {
            return null;
        }
        BigDecimal a = frame.has(0) ? in.readBigDecimal() : null;
        BigInteger b = frame.has(1) ? in.readBigInteger() : null;
        UUID c = frame.has(2) ? in.readUuid() : null;
        byte[] d = frame.has(3) ? in.readBytes() : null;
        frame.end();
        try {
            return new Everything.Numbers(a, b, c, d);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Numbers refuses its recorded components", e);
        }
    }

    private static void writeOutcome(ArgumentWriter out, Everything.Outcome value) {
        if (value == null) {
            out.writeString(null);
        } else if (value instanceof Everything.NoCard) {
            out.writeString("NoCard");
            writeNoCard(out, (Everything.NoCard) value);
        } else if (value instanceof Everything.NoMoney) {
            out.writeString("NoMoney");
            writeNoMoney(out, (Everything.NoMoney) value);
        } else if (value instanceof Everything.Paid) {
            out.writeString("Paid");
            writePaid(out, (Everything.Paid) value);
        } else {
            throw new IllegalArgumentException("not one of the records of values.Everything.Outcome");
        }
    }

    private static Everything.Outcome readOutcome(ArgumentReader in) {
        String name = in.readString();
        if (name == null) {
            return null;
        }
        switch (name) {
            case "NoCard":
                return readNoCard(in);
            case "NoMoney":
                return readNoMoney(in);
            case "Paid":
                return readPaid(in);
            default:
                throw new MalformedRecordException("found a record that values.Everything.Outcome does not have");
        }
    }

    private static void writeTree(ArgumentWriter out, Everything.Tree value) {
        int begin = out.beginRecord(value, SHAPE_TREE);
        if (begin >= 0) {
            out.writeString(value.name());
            writeTreeList(out, value.children());
            writeStringToOptionalTreeMap(out, value.index());
            out.endRecord(begin);
        }
    }

    private static Everything.Tree readTree(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_TREE);
        if (frame == null) {
            return null;
        }
        String name = frame.has(0) ? in.readString() : null;
        List<Everything.Tree> children = frame.has(1) ? readTreeList(in) : null;
        Map<String, Optional<Everything.Tree>> index = frame.has(2) ? readStringToOptionalTreeMap(in) : null;
        frame.end();
        try {
            return new Everything.Tree(name, children, index);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Tree refuses its recorded components", e);
        }
    }

    private static void writeDayOfWeekToIntegerSetMap(ArgumentWriter out,
            Map<DayOfWeek, ? extends Set<Integer>> value) {
        Map<DayOfWeek, Set<Integer>> copy = value == null ? null : new LinkedHashMap<>(value);
        if (out.writeSize(copy)) {
            for (Map.Entry<DayOfWeek, Set<Integer>> each : copy.entrySet()) {
                out.writeEnum(each.getKey());
                writeIntegerSet(out, each.getValue());
            }
        }
    }

    private static Map<DayOfWeek, ? extends Set<Integer>> readDayOfWeekToIntegerSetMap(
            ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        Map<DayOfWeek, Set<Integer>> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            DayOfWeek key = in.readEnum(DayOfWeek.class);
            values.put(key, readIntegerSet(in));
        }
        return values;
    }

    private static void writeLongArrayArray(ArgumentWriter out, long[][] value) {
        if (out.writeSize(value == null ? -1 : value.length)) {
            for (long[] each : value) {
                writeLongArray(out, each);
            }
        }
    }

    private static long[][] readLongArrayArray(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        long[][] values = new long[size][];
        for (int i = 0; i < size; i++) {
            values[i] = readLongArray(in);
        }
        return values;
    }

    private static void writeStringListArray(ArgumentWriter out, List<String>[] value) {
        if (out.writeSize(value == null ? -1 : value.length)) {
            for (List<String> each : value) {
                writeStringList(out, each);
            }
        }
    }

    private static List<String>[] readStringListArray(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        List<String>[] values = new List[size];
        for (int i = 0; i < size; i++) {
            values[i] = readStringList(in);
        }
        return values;
    }

    private static void writeBoolean2(ArgumentWriter out, Boolean value) {
        if (out.writePresence(value)) {
            out.writeBoolean(value);
        }
    }

    private static Boolean readBoolean2(ArgumentReader in) {
        return in.readPresence() ? Boolean.valueOf(in.readBoolean()) : null;
    }

    private static void writeByte2(ArgumentWriter out, Byte value) {
        if (out.writePresence(value)) {
            out.writeByte(value);
        }
    }

    private static Byte readByte2(ArgumentReader in) {
        return in.readPresence() ? Byte.valueOf(in.readByte()) : null;
    }

    private static void writeShort2(ArgumentWriter out, Short value) {
        if (out.writePresence(value)) {
            out.writeInt(value);
        }
    }

    private static Short readShort2(ArgumentReader in) {
        return in.readPresence() ? Short.valueOf(in.readShort()) : null;
    }

    private static void writeCharacter(ArgumentWriter out, Character value) {
        if (out.writePresence(value)) {
            out.writeInt(value);
        }
    }

    private static Character readCharacter(ArgumentReader in) {
        return in.readPresence() ? Character.valueOf(in.readChar()) : null;
    }

    private static void writeInteger(ArgumentWriter out, Integer value) {
        if (out.writePresence(value)) {
            out.writeInt(value);
        }
    }

    private static Integer readInteger(ArgumentReader in) {
        return in.readPresence() ? Integer.valueOf(in.readInt()) : null;
    }

    private static void writeLong2(ArgumentWriter out, Long value) {
        if (out.writePresence(value)) {
            out.writeLong(value);
        }
    }

    private static Long readLong2(ArgumentReader in) {
        return in.readPresence() ? Long.valueOf(in.readLong()) : null;
    }

    private static void writeFloat2(ArgumentWriter out, Float value) {
        if (out.writePresence(value)) {
            out.writeFloat(value);
        }
    }

    private static Float readFloat2(ArgumentReader in) {
        return in.readPresence() ? Float.valueOf(in.readFloat()) : null;
    }

    private static void writeDouble2(ArgumentWriter out, Double value) {
        if (out.writePresence(value)) {
            out.writeDouble(value);
        }
    }

    private static Double readDouble2(ArgumentReader in) {
        return in.readPresence() ? Double.valueOf(in.readDouble()) : null;
    }

    private static void writeNoCard(ArgumentWriter out, Everything.NoCard value) {
        int begin = out.beginRecord(value, SHAPE_NO_CARD);
        if (begin >= 0) {
            out.endRecord(begin);
        }
    }

    private static Everything.NoCard readNoCard(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_NO_CARD);
        if (frame == null) {
            return null;
        }
        frame.end();
        try {
            return new Everything.NoCard();
        } catch (RuntimeException e) {
            throw new MalformedRecordException("NoCard refuses its recorded components", e);
        }
    }

    private static void writeNoMoney(ArgumentWriter out, Everything.NoMoney value) {
        int begin = out.beginRecord(value, SHAPE_NO_MONEY);
        if (begin >= 0) {
            out.writeInt(value.missing());
            out.endRecord(begin);
        }
    }

    private static Everything.NoMoney readNoMoney(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_NO_MONEY);
        if (frame == null) {
            return null;
        }
        int missing = frame.has(0) ? in.readInt() : 0;
        frame.end();
        try {
            return new Everything.NoMoney(missing);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("NoMoney refuses its recorded components", e);
        }
    }

    private static void writePaid(ArgumentWriter out, Everything.Paid value) {
        int begin = out.beginRecord(value, SHAPE_PAID);
        if (begin >= 0) {
            out.writeBigDecimal(value.amount());
            out.endRecord(begin);
        }
    }

    private static Everything.Paid readPaid(ArgumentReader in) {
        RecordFrame frame = in.beginRecord(SHAPE_PAID);
        if (frame == null) {
            return null;
        }
        BigDecimal amount = frame.has(0) ? in.readBigDecimal() : null;
        frame.end();
        try {
            return new Everything.Paid(amount);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("Paid refuses its recorded components", e);
        }
    }

    private static void writeTreeList(ArgumentWriter out, List<Everything.Tree> value) {
        List<Everything.Tree> copy = value == null ? null : new ArrayList<>(value);
        if (out.writeSize(copy)) {
            for (Everything.Tree each : copy) {
                writeTree(out, each);
            }
        }
    }

    private static List<Everything.Tree> readTreeList(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        List<Everything.Tree> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(readTree(in));
        }
        return values;
    }

    private static void writeStringToOptionalTreeMap(ArgumentWriter out,
            Map<String, Optional<Everything.Tree>> value) {
        Map<String, Optional<Everything.Tree>> copy = value == null ? null : new LinkedHashMap<>(value);
        if (out.writeSize(copy)) {
            for (Map.Entry<String, Optional<Everything.Tree>> each : copy.entrySet()) {
                out.writeString(each.getKey());
                writeOptionalTree(out, each.getValue());
            }
        }
    }

    private static Map<String, Optional<Everything.Tree>> readStringToOptionalTreeMap(
            ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        Map<String, Optional<Everything.Tree>> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = in.readString();
            values.put(key, readOptionalTree(in));
        }
        return values;
    }

    private static void writeIntegerSet(ArgumentWriter out, Set<Integer> value) {
        List<Integer> copy = value == null ? null : new ArrayList<>(value);
        if (out.writeSize(copy)) {
            for (Integer each : copy) {
                writeInteger(out, each);
            }
        }
    }

    private static Set<Integer> readIntegerSet(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        Set<Integer> values = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            values.add(readInteger(in));
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

    private static void writeStringList(ArgumentWriter out, List<String> value) {
        List<String> copy = value == null ? null : new ArrayList<>(value);
        if (out.writeSize(copy)) {
            for (String each : copy) {
                out.writeString(each);
            }
        }
    }

    private static List<String> readStringList(ArgumentReader in) {
        int size = in.readSize();
        if (size < 0) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(in.readString());
        }
        return values;
    }

    private static void writeOptionalTree(ArgumentWriter out, Optional<Everything.Tree> value) {
        if (out.writeOptional(value)) {
            writeTree(out, value.get());
        }
    }

    private static Optional<Everything.Tree> readOptionalTree(ArgumentReader in) {
        switch (in.readTag(2)) {
            case 0:
                return null;
            case 1:
                return Optional.empty();
            default:
                return Optional.ofNullable(readTree(in));
        }
    }

    private static final class TextResult implements ArgumentCodec<String> {
        @Override
        public void write(ArgumentWriter out, String value) {
            out.writeString(value);
        }

        @Override
        public String read(ArgumentReader in) {
            return in.readString();
        }
    }

    private static final class PrimitivesResult implements ArgumentCodec<Double> {
        @Override
        public void write(ArgumentWriter out, Double value) {
            out.writeDouble(value);
        }

        @Override
        public Double read(ArgumentReader in) {
            return in.readDouble();
        }
    }

    private static final class NumbersResult implements ArgumentCodec<Everything.Numbers> {
        @Override
        public void write(ArgumentWriter out, Everything.Numbers value) {
            writeNumbers(out, value);
        }

        @Override
        public Everything.Numbers read(ArgumentReader in) {
            return readNumbers(in);
        }
    }

    private static final class ShapesResult implements ArgumentCodec<Everything.Outcome> {
        @Override
        public void write(ArgumentWriter out, Everything.Outcome value) {
            writeOutcome(out, value);
        }

        @Override
        public Everything.Outcome read(ArgumentReader in) {
            return readOutcome(in);
        }
    }
}
