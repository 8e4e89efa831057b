package io.dtx.runtime.net;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Frames that are added while others leave: none stays behind. Without a thread that writes in the loop's place. */
public class OutboxLincheckTest {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final Outbox outbox = new Outbox(
            fake(EventLoop.class, (self, method, arguments) -> {
                if (method.getName().equals("execute")) {
                    tasks.add((Runnable) arguments[0]);
                }
                return method.getName().equals("equals") ? (Object) (self == arguments[0]) : null;
            }),
            frame -> left.incrementAndGet() < 0);
    private volatile boolean open;

    @Operation
    public void add() {
        outbox.add(Frame.request(Service.SESSION, added.incrementAndGet(), new byte[1]));
    }

    @Operation(nonParallelGroup = "loop")
    public void loop() {
        Runnable next = tasks.poll();
        if (next != null) {
            next.run();
        }
    }

    @Operation(nonParallelGroup = "loop", runOnce = true)
    public void open() {
        outbox.open(fake(Channel.class, (self, method, arguments) -> switch (method.getName()) {
            case "isWritable" -> true;
            case "equals" -> self == arguments[0];
            case "hashCode" -> 1;
            default -> null;
        }));
        open = true;
    }

    /** Throws if the loop has nothing to do, and something has not left, or is counted although it has. */
    @Validate
    public void noneStaysBehind() {
        while (!tasks.isEmpty()) {
            loop();
        }
        if (open && (left.get() != added.get() || outbox.bytes() != 0)) {
            throw new IllegalStateException(left + " of " + added + " have left; bytes: " + outbox.bytes());
        }
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void no_frame_stays_behind_in_any_interleaving() {
        Interleavings.checksAtTheEnd().check(OutboxLincheckTest.class);
    }

    @Test
    void a_loop_that_listens_again_after_its_work_is_found() {
        assertThrows(AssertionError.class, () -> Interleavings.checksAtTheEnd().check(Planted.class));
    }

    /** Planted: who adds need not wake the loop until it has taken all, and a little longer. */
    public static class Planted {

        private final Queue<Integer> frames = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean scheduled = new AtomicBoolean();
        private final AtomicInteger tasks = new AtomicInteger();

        @Operation
        public void add() {
            frames.add(1);
            if (scheduled.compareAndSet(false, true)) {
                tasks.incrementAndGet();
            }
        }

        @Operation(nonParallelGroup = "loop")
        public void loop() {
            if (tasks.get() > 0) {
                tasks.decrementAndGet();
                while (!frames.isEmpty()) {
                    frames.remove();
                }
                scheduled.set(false);
            }
        }

        /** Throws if something is left, and nobody comes for it. */
        @Validate
        public void noneStaysBehind() {
            loop();
            if (!frames.isEmpty()) {
                throw new IllegalStateException(frames.size() + " stay");
            }
        }
    }
}
