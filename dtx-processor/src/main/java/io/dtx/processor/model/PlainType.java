package io.dtx.processor.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types that are recorded by a call of the writer and one of the reader. */
public enum PlainType {
    BOOLEAN("boolean", "boolean", "Boolean"),
    BYTE("byte", "byte", "Byte"),
    SHORT("short", "short", "Int", "Short"),
    CHAR("char", "char", "Int", "Char"),
    INT("int", "int", "Int"),
    LONG("long", "long", "Long"),
    FLOAT("float", "float", "Float"),
    DOUBLE("double", "double", "Double"),
    BOXED_BOOLEAN("java.lang.Boolean", BOOLEAN),
    BOXED_BYTE("java.lang.Byte", BYTE),
    BOXED_SHORT("java.lang.Short", SHORT),
    BOXED_CHAR("java.lang.Character", CHAR),
    BOXED_INT("java.lang.Integer", INT),
    BOXED_LONG("java.lang.Long", LONG),
    BOXED_FLOAT("java.lang.Float", FLOAT),
    BOXED_DOUBLE("java.lang.Double", DOUBLE),
    STRING("java.lang.String", "string", "String"),
    BYTES("byte[]", "bytes", "Bytes"),
    BIG_INTEGER("java.math.BigInteger", "integer", "BigInteger"),
    BIG_DECIMAL("java.math.BigDecimal", "decimal", "BigDecimal"),
    UUID("java.util.UUID", "uuid", "Uuid"),
    INSTANT("Instant"),
    DURATION("Duration"),
    PERIOD("Period"),
    LOCAL_DATE("LocalDate"),
    LOCAL_TIME("LocalTime"),
    LOCAL_DATE_TIME("LocalDateTime"),
    OFFSET_TIME("OffsetTime"),
    OFFSET_DATE_TIME("OffsetDateTime"),
    ZONED_DATE_TIME("ZonedDateTime"),
    YEAR("Year"),
    YEAR_MONTH("YearMonth"),
    MONTH_DAY("MonthDay"),
    ZONE_ID("ZoneId"),
    ZONE_OFFSET("ZoneOffset");

    private static final Map<String, PlainType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(type -> type.typeName, Function.identity()));

    private final String typeName;
    private final String shape;
    private final String writer;
    private final String reader;
    private final boolean isTime;
    private final Optional<PlainType> unboxed;

    PlainType(String typeName, String shape, String verb) {
        this(typeName, shape, verb, verb);
    }

    PlainType(String typeName, String shape, String writer, String reader) {
        this(typeName, shape, writer, reader, false, Optional.empty());
    }

    PlainType(String boxed, PlainType unboxed) {
        this(boxed, "boxed-" + unboxed.shape, unboxed.writer, unboxed.reader, false, Optional.of(unboxed));
    }

    PlainType(String time) {
        this("java.time." + time, time, time, time, true, Optional.empty());
    }

    PlainType(
            String typeName, String shape, String writer, String reader, boolean isTime, Optional<PlainType> unboxed) {
        this.typeName = typeName;
        this.shape = shape;
        this.writer = verb("write", writer);
        this.reader = verb("read", reader);
        this.isTime = isTime;
        this.unboxed = unboxed;
    }

    private static String verb(String verb, String of) {
        return of.startsWith(verb) ? of : verb + of; // a box has the methods of its primitive
    }

    /** Finds the type of a name as source code has it. */
    public static Optional<PlainType> of(String typeName) {
        return Optional.ofNullable(BY_NAME.get(typeName));
    }

    /** Returns its part of contract hashes and checks. */
    public String shape() {
        return shape;
    }

    /** Returns the writing method's name. */
    public String writer() {
        return writer;
    }

    /** Returns the reading method's name. */
    public String reader() {
        return reader;
    }

    /** Returns whether the methods are those for {@code java.time}. */
    public boolean isTime() {
        return isTime;
    }

    /** Returns whether it is a box, written as whether there is a value, then the value. */
    public boolean isBox() {
        return unboxed.isPresent();
    }
}
