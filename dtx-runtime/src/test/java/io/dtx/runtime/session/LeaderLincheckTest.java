package io.dtx.runtime.session;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Which member is asked next, while one does not lead and another one says where all of them are: one that is there. */
@Param(name = "place", gen = IntGen.class, conf = "1:2")
public class LeaderLincheckTest {

    private volatile Channel asked = new Channel("named:1");
    private final Leader leader = new Leader(List.of(asked), 1_000);

    @Operation
    public void tell() {
        leader.tell(new byte[0]).handle((answer, failure) -> failure).join();
    }

    @Operation
    public void learn(@Param(name = "place") int place) {
        leader.learn(List.of("member:" + place));
    }

    /** Throws if the next one that is asked is one that was let go. */
    @Validate
    public void whoIsAskedNextIsThere() {
        tell();
        if (asked.closed) {
            throw new IllegalStateException("asks " + asked.address + ", which is not a member any more");
        }
    }

    @Test
    void who_is_asked_next_is_there_in_every_interleaving() {
        Interleavings.checksAtTheEnd().check(LeaderLincheckTest.class);
    }

    @Test
    void a_step_to_the_next_one_beside_the_lock_is_found() {
        assertThrows(AssertionError.class, () -> Interleavings.checksAtTheEnd().check(Planted.class));
    }

    /** Does not lead. */
    private final class Channel implements MemberChannel {

        private final String address;
        private volatile boolean closed;

        Channel(String address) {
            this.address = address;
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public CompletableFuture<byte[]> request(byte[] request, long timeoutMillis) {
            asked = this;
            return CompletableFuture.completedFuture(new byte[] {Wire.NOT_LEADING});
        }

        @Override
        public void onPush(Runnable action) {}

        @Override
        public MemberChannel to(String member) {
            return new Channel(member);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Planted: the next one is sought among those that were there before. */
    @Param(name = "place", gen = IntGen.class, conf = "1:2")
    public static class Planted {

        private final ReentrantLock lock = new ReentrantLock();
        private volatile List<Integer> all = List.of(0);
        private volatile int current;

        @Operation
        public void moveOn() {
            List<Integer> before = all;
            current = before.get((before.indexOf(current) + 1) % before.size());
        }

        @Operation
        public void learn(@Param(name = "place") int place) {
            lock.lock();
            try {
                all = List.of(place, 0);
                if (!all.contains(current)) {
                    current = place;
                }
            } finally {
                lock.unlock();
            }
        }

        /** Throws if the present one is none of them. */
        @Validate
        public void thePresentOneIsThere() {
            if (!all.contains(current)) {
                throw new IllegalStateException(current + " is none of " + all);
            }
        }
    }
}
