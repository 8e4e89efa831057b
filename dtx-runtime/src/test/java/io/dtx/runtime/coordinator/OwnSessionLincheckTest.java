package io.dtx.runtime.coordinator;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.TransactionId;
import io.dtx.runtime.interleavings.Interleavings;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Numbers of transactions and the low-water mark, which decides what nobody will ever hear of again. */
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public class OwnSessionLincheckTest {

    private final OwnSession session = new OwnSession(1, 1);

    @Operation
    public long next() {
        return session.next().number();
    }

    @Operation
    public void release(@Param(name = "number") int number) {
        session.release(new TransactionId(1, 1, number));
    }

    @Operation
    public long lowWaterMark() {
        return session.lowWaterMark();
    }

    @Operation
    public boolean end() {
        session.end();
        return session.isEnded();
    }

    @Test
    void whatever_threads_do_at_once_could_have_been_done_one_after_the_other() {
        Interleavings.options().check(OwnSessionLincheckTest.class);
    }

    @Test
    void a_number_that_is_handed_out_before_it_counts_is_found() {
        assertThrows(AssertionError.class, () -> Interleavings.options().check(Planted.class));
    }

    /** Planted: the number is handed out before it counts as served. */
    @Param(name = "number", gen = IntGen.class, conf = "1:3")
    public static class Planted {

        private final Set<Long> served = new LinkedHashSet<>();
        private long last;

        @Operation
        public long next() {
            long number;
            synchronized (served) {
                number = ++last;
            }
            synchronized (served) {
                served.add(number);
            }
            return number;
        }

        @Operation
        public void release(@Param(name = "number") int number) {
            synchronized (served) {
                served.remove((long) number);
            }
        }

        @Operation
        public long lowWaterMark() {
            synchronized (served) {
                return served.isEmpty() ? last + 1 : served.iterator().next();
            }
        }
    }
}
