package values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

public final class EverythingExercise implements Exercise {

    private final Everything service = new Everything_DtxBean();

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        gateway.bind((Everything_DtxBean) service);
        texts(gateway);
        primitives(gateway);
        numbers(gateway);
        times(gateway);
        shapes(gateway);
        nulls(gateway);
        tooDeep();
    }

    private List<Object> undone(RecordingGateway gateway) throws Throwable {
        service.undone.clear();
        gateway.compensateAll(service);
        return service.undone;
    }

    private void texts(RecordingGateway gateway) throws Throwable {
        String odd = "a\u0000\u007f\u0080\u07ff\u0800\uffff \ud83d\ude00 \ud83d \ude00";
        service.text(odd, "", null, "b".repeat(300));
        assertEquals(Arrays.asList(odd, Arrays.asList("", null, "b".repeat(300)), odd), undone(gateway));
    }

    private void primitives(RecordingGateway gateway) throws Throwable {
        Everything.Primitives least = new Everything.Primitives(
                false, Byte.MIN_VALUE, Short.MIN_VALUE, Character.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE,
                Float.MIN_VALUE, -0.0);
        Everything.Boxes most = new Everything.Boxes(
                true, Byte.MAX_VALUE, Short.MAX_VALUE, Character.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE,
                Float.NaN, Double.POSITIVE_INFINITY);
        service.primitives(true, (byte) -1, (short) -2, 'c', -3, -4, -5.5f, Double.NaN, least, most);
        assertEquals(
                List.of(
                        new Everything.Primitives(true, (byte) -1, (short) -2, 'c', -3, -4, -5.5f, Double.NaN),
                        least, most, Double.NaN),
                undone(gateway));
    }

    private void numbers(RecordingGateway gateway) throws Throwable {
        BigInteger big = new BigInteger("-123456789012345678901234567890");
        service.numbers(new BigDecimal("1.00"), big, new UUID(-1, 2), new byte[] {0, -1}, null);
        List<Object> undone = undone(gateway);
        assertEquals(List.of(new BigDecimal("1.00"), big, new UUID(-1, 2)), undone.subList(0, 3));
        assertArrayEquals(new byte[] {0, -1}, (byte[]) undone.get(3));
        assertNull(undone.get(4));
        assertArrayEquals(new byte[] {0, -1}, ((Everything.Numbers) undone.get(5)).d());
    }

    private void times(RecordingGateway gateway) throws Throwable {
        LocalDateTime twice = LocalDateTime.of(2026, 10, 25, 2, 30); // comes twice that night
        Everything.Times times = new Everything.Times(
                Instant.MIN, Duration.ofSeconds(-1, 1), Period.of(1, -2, 3), LocalDate.MAX, LocalTime.MAX, twice,
                OffsetTime.of(1, 2, 3, 4, ZoneOffset.MIN), OffsetDateTime.of(twice, ZoneOffset.MAX),
                ZonedDateTime.ofInstant(twice, ZoneOffset.ofHours(1), ZoneId.of("Europe/Berlin")), Year.of(-1),
                YearMonth.of(2026, 11), MonthDay.of(2, 29), ZoneId.of("UTC+01:00"), ZoneOffset.UTC, DayOfWeek.SUNDAY);
        service.numbers(null, null, null, null, times);
        assertEquals(times, undone(gateway).get(4));
    }

    private void shapes(RecordingGateway gateway) throws Throwable {
        Everything.Tree leaf = new Everything.Tree("leaf", List.of(), Map.of());
        Map<String, Optional<Everything.Tree>> index = new LinkedHashMap<>();
        index.put("none", Optional.empty());
        index.put(null, Optional.of(leaf));
        index.put("null", null);
        Everything.Tree root = new Everything.Tree("root", Arrays.asList(leaf, null, leaf), index);
        @SuppressWarnings({"unchecked", "rawtypes"})
        List<String>[] lists = new List[] {List.of("x"), null};
        for (Everything.Outcome outcome : List.of(
                new Everything.Paid(BigDecimal.TEN), new Everything.NoMoney(3), new Everything.NoCard())) {
            service.shapes(outcome, root, Map.of(DayOfWeek.MONDAY, Set.of(1, 2)), new long[][] {{1}, {}, null}, lists);
            List<Object> undone = undone(gateway);
            assertEquals(List.of(outcome, root, Map.of(DayOfWeek.MONDAY, Set.of(1, 2))), undone.subList(0, 3));
            assertArrayEquals(new long[][] {{1}, {}, null}, (long[][]) undone.get(3));
            assertArrayEquals(lists, (List<?>[]) undone.get(4));
            assertEquals(Optional.of(outcome), undone.get(5));
        }
    }

    private void nulls(RecordingGateway gateway) throws Throwable {
        service.shapes(null, null, null, null, null);
        assertEquals(Arrays.asList(null, null, null, null, null, Optional.empty()), undone(gateway));
        service.primitives(
                false, (byte) 0, (short) 0, 'a', 0, 0, 0, 0, null,
                new Everything.Boxes(null, null, null, null, null, null, null, null));
        assertEquals(new Everything.Boxes(null, null, null, null, null, null, null, null), undone(gateway).get(2));
    }

    private void tooDeep() {
        Everything.Tree tree = null;
        for (int i = 0; i < 65; i++) {
            tree = new Everything.Tree("x", tree == null ? List.of() : List.of(tree), null);
        }
        Everything.Tree deep = tree;
        String message = assertThrows(
                        IllegalArgumentException.class, () -> service.shapes(null, deep, null, null, null))
                .getMessage();
        assertEquals("DTX-2090", message.substring(0, 8));
    }
}
