package values;

import io.dtx.SagaStep;
import io.dtx.StepResult;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

class Everything {

    record Primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h) {}

    record Boxes(Boolean a, Byte b, Short c, Character d, Integer e, Long f, Float g, Double h) {}

    record Numbers(BigDecimal a, BigInteger b, UUID c, byte[] d) {}

    record Times(
            Instant a,
            Duration b,
            Period c,
            LocalDate d,
            LocalTime e,
            LocalDateTime f,
            OffsetTime g,
            OffsetDateTime h,
            ZonedDateTime i,
            Year j,
            YearMonth k,
            MonthDay l,
            ZoneId m,
            ZoneOffset n,
            DayOfWeek o) {}

    record Tree(String name, List<Tree> children, Map<String, Optional<Tree>> index) {}

    sealed interface Outcome {}

    record Paid(BigDecimal amount) implements Outcome {}

    sealed interface Refused extends Outcome {}

    record NoMoney(int missing) implements Refused {
        NoMoney {
            if (missing < 0) {
                throw new IllegalArgumentException("missing " + missing);
            }
        }
    }

    record NoCard() implements Refused {}

    final java.util.ArrayList<Object> undone = new java.util.ArrayList<>();

    @SagaStep(compensate = "undoText", resource = "r")
    @Nullable String text(@Nullable String text, @Nullable String... more) {
        return text;
    }

    void undoText(@Nullable String text, String @Nullable [] more, @StepResult @Nullable String result) {
        undone.add(text);
        undone.add(more == null ? null : java.util.Arrays.asList(more));
        undone.add(result);
    }

    @SagaStep(compensate = "undoPrimitives", resource = "r")
    double primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h, Primitives p, Boxes q) {
        return h;
    }

    void undoPrimitives(
            boolean a, byte b, short c, char d, int e, long f, float g, double h, Primitives p, Boxes q, @StepResult double r) {
        undone.add(new Primitives(a, b, c, d, e, f, g, h));
        undone.add(p);
        undone.add(q);
        undone.add(r);
    }

    @SagaStep(compensate = "undoNumbers", resource = "r")
    Numbers numbers(BigDecimal a, BigInteger b, UUID c, byte[] d, Times times) {
        return new Numbers(a, b, c, d);
    }

    void undoNumbers(BigDecimal a, BigInteger b, UUID c, byte[] d, Times times, @StepResult Numbers result) {
        undone.add(a);
        undone.add(b);
        undone.add(c);
        undone.add(d);
        undone.add(times);
        undone.add(result);
    }

    @SagaStep(compensate = "undoShapes")
    Outcome shapes(Outcome outcome, Tree tree, Map<DayOfWeek, ? extends Set<Integer>> map, long[][] grid, List<String>[] lists) {
        return outcome;
    }

    void undoShapes(
            Outcome outcome,
            Tree tree,
            Map<DayOfWeek, ? extends Set<Integer>> map,
            long[][] grid,
            List<String>[] lists,
            @StepResult Optional<Outcome> result) {
        undone.add(outcome);
        undone.add(tree);
        undone.add(map);
        undone.add(grid);
        undone.add(lists);
        undone.add(result);
    }
}
