package io.dtx.runtime.coordinator;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import io.dtx.runtime.protocol.Action;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may undo what: a lane takes no more than it is wide, one transaction is worked on once, and an attempt that hangs gives way. */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "transaction", gen = IntGen.class, conf = "1:2")
@Param(name = "attempt", gen = IntGen.class, conf = "1:2")
public class LanesLincheckTest {

    private static final int THREADS_MAX = 16;
    private static final String RESOURCE = "stock";
    private static final String STEP = "reserve";

    private final Lanes lanes = new Lanes();
    private final Lanes.@Nullable Place[] places = new Lanes.Place[THREADS_MAX]; // each is one thread's

    /** Leaves room for two more. */
    public LanesLincheckTest() {
        for (int i = 2; i < Lanes.WIDTH; i++) {
            lanes.enter(action(100 + i, 1), RESOURCE, STEP);
        }
    }

    @Operation
    public boolean enter(
            @Param(name = "thread") int thread,
            @Param(name = "transaction") int transaction,
            @Param(name = "attempt") int attempt) {
        if (places[thread] != null) {
            return false;
        }
        places[thread] = lanes.enter(action(transaction, attempt), RESOURCE, STEP);
        return places[thread] != null;
    }

    @Operation
    public boolean moveTo(@Param(name = "thread") int thread, @Param(name = "transaction") int transaction) {
        Lanes.Place place = places[thread];
        return place != null && place.moveTo(action(transaction, 1), "payments", "charge");
    }

    @Operation
    public void leave(@Param(name = "thread") int thread) {
        Lanes.Place place = places[thread];
        if (place != null) {
            place.leave();
            places[thread] = null;
        }
    }

    @Test
    void whatever_threads_do_at_once_could_have_been_done_one_after_the_other() {
        Interleavings.options().check(LanesLincheckTest.class);
    }

    @Test
    void a_lane_whose_room_is_looked_at_before_it_is_taken_is_found() {
        assertThrows(AssertionError.class, () -> Interleavings.options().check(Planted.class));
    }

    private static Action action(int transaction, int attempt) {
        return new Action(ScriptedLog.id(1, transaction), ScriptedLog.at(1), attempt);
    }

    /** Planted: two may see the last place, and take it. */
    public static class Planted {

        private final AtomicInteger atWork = new AtomicInteger(Lanes.WIDTH - 1);

        @Operation
        public boolean enter() {
            if (atWork.get() == Lanes.WIDTH) {
                return false;
            }
            atWork.incrementAndGet();
            return true;
        }

        @Operation
        public void leave() {
            atWork.updateAndGet(present -> Math.max(0, present - 1));
        }
    }
}
