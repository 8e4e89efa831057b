package io.dtx.runtime.net;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** What a server counts of the requests of its connections: a connection that ends while requests are answered leaves nothing behind. */
@Param(name = "size", gen = IntGen.class, conf = "1:2")
public class UnansweredLincheckTest {

    private final AtomicLong serverBytes = new AtomicLong();
    private final Unanswered unanswered = new Unanswered(NetOptions.plaintext(Role.MEMBER), serverBytes);

    @Operation
    public boolean add(@Param(name = "size") int size) {
        return unanswered.add(size);
    }

    @Operation
    public void remove(@Param(name = "size") int size) {
        unanswered.remove(size);
    }

    @Operation(runOnce = true)
    public void end() {
        unanswered.end();
    }

    @Operation
    public long bytes() {
        return serverBytes.get();
    }

    @Test
    void whatever_threads_do_at_once_could_have_been_done_one_after_the_other() {
        Interleavings.options().check(UnansweredLincheckTest.class);
    }

    @Test
    void an_answer_that_is_counted_beside_the_end_is_found() {
        assertThrows(AssertionError.class, () -> Interleavings.options().check(Planted.class));
    }

    /** Planted: whether the connection has ended is asked before the lock is taken. */
    @Param(name = "size", gen = IntGen.class, conf = "1:2")
    public static class Planted {

        private final AtomicLong serverBytes = new AtomicLong();
        private final Object lock = new Object();
        private volatile boolean ended;
        private long bytes;

        @Operation
        public void add(@Param(name = "size") int size) {
            synchronized (lock) {
                bytes += size;
                serverBytes.addAndGet(size);
            }
        }

        @Operation
        public void remove(@Param(name = "size") int size) {
            if (!ended) {
                synchronized (lock) {
                    bytes -= size;
                    serverBytes.addAndGet(-size);
                }
            }
        }

        @Operation(runOnce = true)
        public void end() {
            synchronized (lock) {
                ended = true;
                serverBytes.addAndGet(-bytes);
            }
        }

        @Operation
        public long bytes() {
            return serverBytes.get();
        }
    }
}
