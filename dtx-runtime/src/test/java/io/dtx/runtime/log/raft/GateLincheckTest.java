package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** A member that halts for several reasons at once: one is told, and the gate is closed for whoever comes back from halting it. */
public class GateLincheckTest {

    private final Queue<Throwable> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Gate gate = new Gate(told::add);

    @Operation
    public void halt() {
        gate.halt(new Throwable());
        if (gate.isOpen()) {
            wrong.add("open after a halt");
        }
    }

    @Operation
    public void look() {
        Throwable cause = gate.cause();
        if (cause != null && (gate.isOpen() || gate.cause() != cause)) {
            wrong.add("another cause, or none any more");
        }
    }

    /** Throws if it was open again, or if not the one cause was told, once. */
    @Validate
    public void oneCauseIsTold() {
        if (!wrong.isEmpty() || told.size() != (gate.isOpen() ? 0 : 1) || told.peek() != gate.cause()) {
            throw new IllegalStateException(wrong + "; told: " + told.size());
        }
    }

    @Test
    void one_cause_is_told_in_every_interleaving() {
        Interleavings.checksAtTheEnd().actorsBefore(0).check(GateLincheckTest.class);
    }

    @Test
    void a_second_cause_is_found() {
        assertThrows(
                AssertionError.class,
                () -> Interleavings.checksAtTheEnd().actorsBefore(0).check(Planted.class));
    }

    /** Planted: whether it is open is asked before it is closed. */
    public static class Planted {

        private final Queue<Throwable> told = new ConcurrentLinkedQueue<>();
        private volatile boolean closed;

        @Operation
        public void halt() {
            if (!closed) {
                closed = true;
                told.add(new Throwable());
            }
        }

        /** Throws if more was told. */
        @Validate
        public void oneCauseIsTold() {
            if (told.size() > 1) {
                throw new IllegalStateException("told: " + told.size());
            }
        }
    }
}
