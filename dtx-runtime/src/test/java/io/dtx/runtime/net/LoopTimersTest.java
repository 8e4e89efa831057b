package io.dtx.runtime.net;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoopTimersTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TIMERS = 200;
    private static final long DELAY_NANOS = MICROSECONDS.toNanos(2_400); // what is beyond two milliseconds is the point
    private static final long CPU_NANOS_MAX =
            MICROSECONDS.toNanos(150); // it was 300 while the loop asked until it was time

    @Test
    void a_loop_sleeps_until_its_next_timer_is_due() throws Exception {
        MultiThreadIoEventLoopGroup group = LendingLoop.group(1, task -> new Thread(task, "test-loop"));
        try {
            EventLoop loop = group.next();
            timers(loop); // until it is compiled
            long began = System.nanoTime();

            long cpu = timers(loop);

            assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(TIMERS * DELAY_NANOS);
            assertThat(cpu / TIMERS).isLessThan(CPU_NANOS_MAX);
        } finally {
            group.shutdownGracefully(0, 1, SECONDS).get(20, SECONDS);
        }
    }

    /** Sets one timer after the other; returns the CPU time of the loop's thread meanwhile. */
    private static long timers(EventLoop loop) throws Exception {
        CompletableFuture<Long> spent = new CompletableFuture<>();
        loop.execute(() -> next(loop, TIMERS, THREADS.getCurrentThreadCpuTime(), spent));
        return spent.get(60, SECONDS);
    }

    private static void next(EventLoop loop, int left, long cpuAtFirst, CompletableFuture<Long> spent) {
        if (left == 0) {
            spent.complete(THREADS.getCurrentThreadCpuTime() - cpuAtFirst);
        } else {
            var unused = loop.schedule(() -> next(loop, left - 1, cpuAtFirst, spent), DELAY_NANOS, NANOSECONDS);
        }
    }
}
