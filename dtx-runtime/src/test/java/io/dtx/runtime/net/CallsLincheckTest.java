package io.dtx.runtime.net;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import io.netty.channel.EventLoop;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** The calls of a connection that ends while others are begun, written, and answered: each ends once, and says what is true. */
@Param(name = "id", gen = IntGen.class, conf = "1:3")
public class CallsLincheckTest {

    private static final int CALLS_MAX = 32;
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final EventLoop LOOP = (EventLoop) Proxy.newProxyInstance(
            CallsLincheckTest.class.getClassLoader(),
            new Class<?>[] {EventLoop.class},
            (self, method, arguments) -> method.getName().equals("equals") ? self == arguments[0] : null);

    private final Calls calls = new Calls(
            LOOP,
            Address.parse("localhost:1"),
            NetOptions.plaintext(Role.MEMBER).with(NetLimit.REQUESTS, CALLS_MAX));
    private final Queue<CompletableFuture<byte[]>> answers = new ConcurrentLinkedQueue<>();
    private final Map<Long, CompletableFuture<byte[]>> byId = new ConcurrentHashMap<>();
    private final Queue<Long> queued = new ConcurrentLinkedQueue<>();
    private final Set<Long> written = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    @Operation
    public void begin() {
        AtomicInteger number = new AtomicInteger();
        CompletableFuture<byte[]> answer = calls.begin(1, HOUR_NANOS, id -> {
            number.set((int) id);
            return queued.add(id);
        });
        byId.put((long) number.get(), answer);
        answers.add(answer);
    }

    /** What is queued leaves, unless the connection has ended. */
    @Operation(nonParallelGroup = "loop")
    public void write() {
        Long id = queued.poll();
        if (id != null && !ended && calls.aboutToWrite(Frame.request(Service.SESSION, id, new byte[1]))) {
            written.add(id);
        }
    }

    @Operation
    public void answered(@Param(name = "id") int id) {
        calls.answered(id, new byte[0]);
    }

    @Operation(nonParallelGroup = "loop")
    public void end() {
        ended = true;
        calls.end(5330, "broken");
    }

    /** Throws if a call has no end, or was written and is said to be not, or if the bounds have lost count. */
    @Validate
    public void eachHasEndedAndSaysWhatIsTrue() {
        for (long id = 1; id <= CALLS_MAX && !ended; id++) {
            calls.answered(id, new byte[0]);
        }
        for (CompletableFuture<byte[]> each : answers) {
            if (!each.isDone()) {
                throw new IllegalStateException("one is waited for, and nobody answers it");
            }
        }
        byId.forEach((id, answer) -> {
            if (written.contains(id) && failure(answer) instanceof NotSentException) {
                throw new IllegalStateException("one was sent, and is said to be not");
            }
        });
        if (!ended) {
            for (int i = 0; i < CALLS_MAX; i++) {
                if (failure(calls.begin(1, HOUR_NANOS, id -> true)) != null) {
                    throw new IllegalStateException("there is less room than there was");
                }
            }
            if (failure(calls.begin(1, HOUR_NANOS, id -> true)) == null) {
                throw new IllegalStateException("there is more room than there was");
            }
        }
    }

    private static Throwable failure(CompletableFuture<byte[]> answer) {
        return answer.isDone() ? answer.handle((bytes, failure) -> failure).join() : null;
    }

    @Test
    void each_call_ends_once_in_every_interleaving() {
        Interleavings.checksAtTheEnd().check(CallsLincheckTest.class);
    }

    @Test
    void a_call_that_two_may_end_is_found() {
        assertThrows(AssertionError.class, () -> Interleavings.checksAtTheEnd().check(Planted.class));
    }

    /** Planted: a call is looked up first, and then taken out. */
    @Param(name = "id", gen = IntGen.class, conf = "1:2")
    public static class Planted {

        private final Map<Integer, Integer> open = new ConcurrentHashMap<>();
        private final AtomicInteger lastId = new AtomicInteger();
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        public void begin() {
            count.incrementAndGet();
            open.put(lastId.incrementAndGet(), 1);
        }

        @Operation
        public void answered(@Param(name = "id") int id) {
            if (open.get(id) != null) {
                open.remove(id);
                count.decrementAndGet();
            }
        }

        /** Throws if the count is wrong. */
        @Validate
        public void asManyAsAreOpenAreCounted() {
            if (count.get() != open.size()) {
                throw new IllegalStateException(count + " of " + open);
            }
        }
    }
}
