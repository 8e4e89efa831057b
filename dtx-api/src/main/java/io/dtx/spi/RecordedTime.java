package io.dtx.spi;

import java.time.DateTimeException;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How values of {@code java.time} are recorded: as numbers, zones by their id. Readers are total as those of
 * {@link ArgumentReader}, also for numbers that are no date or time.
 */
public final class RecordedTime {

    private RecordedTime() {}

    /** Writes an Instant. */
    public static void writeInstant(ArgumentWriter out, @Nullable Instant value) {
        if (out.writePresence(value) && value != null) {
            out.writeLong(value.getEpochSecond());
            out.writeInt(value.getNano());
        }
    }

    /** Reads an Instant. */
    public static @Nullable Instant readInstant(ArgumentReader in) {
        return read(in, "Instant", bytes -> Instant.ofEpochSecond(bytes.readLong(), bytes.readInt()));
    }

    /** Writes a Duration. */
    public static void writeDuration(ArgumentWriter out, @Nullable Duration value) {
        if (out.writePresence(value) && value != null) {
            out.writeLong(value.getSeconds());
            out.writeInt(value.getNano());
        }
    }

    /** Reads a Duration. */
    public static @Nullable Duration readDuration(ArgumentReader in) {
        return read(in, "Duration", bytes -> Duration.ofSeconds(bytes.readLong(), bytes.readInt()));
    }

    /** Writes a Period. */
    public static void writePeriod(ArgumentWriter out, @Nullable Period value) {
        if (out.writePresence(value) && value != null) {
            out.writeInt(value.getYears());
            out.writeInt(value.getMonths());
            out.writeInt(value.getDays());
        }
    }

    /** Reads a Period. */
    public static @Nullable Period readPeriod(ArgumentReader in) {
        return read(in, "Period", bytes -> Period.of(bytes.readInt(), bytes.readInt(), bytes.readInt()));
    }

    /** Writes a LocalDate. */
    public static void writeLocalDate(ArgumentWriter out, @Nullable LocalDate value) {
        if (out.writePresence(value) && value != null) {
            out.writeLong(value.toEpochDay());
        }
    }

    /** Reads a LocalDate. */
    public static @Nullable LocalDate readLocalDate(ArgumentReader in) {
        return read(in, "LocalDate", bytes -> LocalDate.ofEpochDay(bytes.readLong()));
    }

    /** Writes a LocalTime. */
    public static void writeLocalTime(ArgumentWriter out, @Nullable LocalTime value) {
        if (out.writePresence(value) && value != null) {
            out.writeLong(value.toNanoOfDay());
        }
    }

    /** Reads a LocalTime. */
    public static @Nullable LocalTime readLocalTime(ArgumentReader in) {
        return read(in, "LocalTime", bytes -> LocalTime.ofNanoOfDay(bytes.readLong()));
    }

    /** Writes a LocalDateTime. */
    public static void writeLocalDateTime(ArgumentWriter out, @Nullable LocalDateTime value) {
        if (out.writePresence(value) && value != null) {
            dateTime(out, value);
        }
    }

    /** Reads a LocalDateTime. */
    public static @Nullable LocalDateTime readLocalDateTime(ArgumentReader in) {
        return read(in, "LocalDateTime", bytes -> dateTime(bytes));
    }

    /** Writes an OffsetTime. */
    public static void writeOffsetTime(ArgumentWriter out, @Nullable OffsetTime value) {
        if (out.writePresence(value) && value != null) {
            out.writeLong(value.toLocalTime().toNanoOfDay());
            out.writeInt(value.getOffset().getTotalSeconds());
        }
    }

    /** Reads an OffsetTime. */
    public static @Nullable OffsetTime readOffsetTime(ArgumentReader in) {
        return read(in, "OffsetTime", bytes -> OffsetTime.of(LocalTime.ofNanoOfDay(bytes.readLong()), offset(bytes)));
    }

    /** Writes an OffsetDateTime. */
    public static void writeOffsetDateTime(ArgumentWriter out, @Nullable OffsetDateTime value) {
        if (out.writePresence(value) && value != null) {
            dateTime(out, value.toLocalDateTime());
            out.writeInt(value.getOffset().getTotalSeconds());
        }
    }

    /** Reads an OffsetDateTime. */
    public static @Nullable OffsetDateTime readOffsetDateTime(ArgumentReader in) {
        return read(in, "OffsetDateTime", bytes -> OffsetDateTime.of(dateTime(bytes), offset(bytes)));
    }

    /** Writes a ZonedDateTime. */
    public static void writeZonedDateTime(ArgumentWriter out, @Nullable ZonedDateTime value) {
        if (out.writePresence(value) && value != null) {
            dateTime(out, value.toLocalDateTime());
            out.writeInt(value.getOffset().getTotalSeconds());
            out.writeString(value.getZone().getId());
        }
    }

    /** Reads a ZonedDateTime. */
    public static @Nullable ZonedDateTime readZonedDateTime(ArgumentReader in) {
        return read(in, "ZonedDateTime", bytes -> zoned(bytes));
    }

    /** Writes a Year. */
    public static void writeYear(ArgumentWriter out, @Nullable Year value) {
        if (out.writePresence(value) && value != null) {
            out.writeInt(value.getValue());
        }
    }

    /** Reads a Year. */
    public static @Nullable Year readYear(ArgumentReader in) {
        return read(in, "Year", bytes -> Year.of(bytes.readInt()));
    }

    /** Writes a YearMonth. */
    public static void writeYearMonth(ArgumentWriter out, @Nullable YearMonth value) {
        if (out.writePresence(value) && value != null) {
            out.writeInt(value.getYear());
            out.writeInt(value.getMonthValue());
        }
    }

    /** Reads a YearMonth. */
    public static @Nullable YearMonth readYearMonth(ArgumentReader in) {
        return read(in, "YearMonth", bytes -> YearMonth.of(bytes.readInt(), bytes.readInt()));
    }

    /** Writes a MonthDay. */
    public static void writeMonthDay(ArgumentWriter out, @Nullable MonthDay value) {
        if (out.writePresence(value) && value != null) {
            out.writeInt(value.getMonthValue());
            out.writeInt(value.getDayOfMonth());
        }
    }

    /** Reads a MonthDay. */
    public static @Nullable MonthDay readMonthDay(ArgumentReader in) {
        return read(in, "MonthDay", bytes -> MonthDay.of(bytes.readInt(), bytes.readInt()));
    }

    /** Writes a ZoneId. */
    public static void writeZoneId(ArgumentWriter out, @Nullable ZoneId value) {
        if (out.writePresence(value) && value != null) {
            out.writeString(value.getId());
        }
    }

    /** Reads a ZoneId. */
    public static @Nullable ZoneId readZoneId(ArgumentReader in) {
        return read(in, "ZoneId", bytes -> zone(bytes));
    }

    /** Writes a ZoneOffset. */
    public static void writeZoneOffset(ArgumentWriter out, @Nullable ZoneOffset value) {
        if (out.writePresence(value) && value != null) {
            out.writeInt(value.getTotalSeconds());
        }
    }

    /** Reads a ZoneOffset. */
    public static @Nullable ZoneOffset readZoneOffset(ArgumentReader in) {
        return read(in, "ZoneOffset", bytes -> offset(bytes));
    }

    private static <T> @Nullable T read(ArgumentReader in, String type, Function<ArgumentReader, T> parts) {
        if (!in.readPresence()) {
            return null;
        }
        try {
            return parts.apply(in);
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedRecordException("found no " + type + " in a recorded value: " + e.getMessage());
        }
    }

    private static void dateTime(ArgumentWriter out, LocalDateTime value) {
        out.writeLong(value.toLocalDate().toEpochDay());
        out.writeLong(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime dateTime(ArgumentReader in) {
        return LocalDateTime.of(LocalDate.ofEpochDay(in.readLong()), LocalTime.ofNanoOfDay(in.readLong()));
    }

    private static ZoneOffset offset(ArgumentReader in) {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }

    private static ZoneId zone(ArgumentReader in) {
        String id = in.readString();
        if (id == null) {
            throw new MalformedRecordException("found no zone in a recorded value");
        }
        return ZoneId.of(id);
    }

    private static ZonedDateTime zoned(ArgumentReader in) {
        LocalDateTime local = dateTime(in);
        ZoneOffset offset = offset(in);
        return ZonedDateTime.ofInstant(
                local, offset, zone(in)); // with the offset: which of two in the hour that comes twice
    }
}
