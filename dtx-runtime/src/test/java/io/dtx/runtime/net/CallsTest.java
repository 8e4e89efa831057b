package io.dtx.runtime.net;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Calls whose connection ends in the midst of their begin, and when they are looked at; the test's thread is the loop. */
class CallsTest {

    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final List<Timer> timers = new ArrayList<>();
    private final Calls calls = new Calls(
            (EventLoop) Proxy.newProxyInstance(
                    CallsTest.class.getClassLoader(), new Class<?>[] {EventLoop.class}, (self, method, arguments) -> {
                        if (method.getName().equals("schedule")) {
                            timers.add(new Timer((Runnable) arguments[0], (long) arguments[1]));
                        }
                        return null;
                    }),
            new Address("localhost", 1),
            NetOptions.plaintext(Role.MEMBER));

    private record Timer(Runnable task, long nanos) {}

    @Test
    void a_request_that_was_written_to_a_network_that_closes_is_not_said_to_be_unsent() {
        CompletableFuture<byte[]> answer = calls.begin(1, HOUR_NANOS, id -> {
            calls.aboutToWrite(Frame.request(Service.RAFT, id, new byte[1]));
            return false;
        });
        assertThat(Await.failure(answer)).isInstanceOf(AnswerUnknownException.class);
    }

    @Test
    void a_request_that_was_written_is_not_said_to_be_unsent_by_whoever_began_it_and_finds_the_end() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<byte[]> first = calls.begin(1, HOUR_NANOS, id -> true);
        CompletableFuture<Void> held = first.handle((bytes, failure) -> {
            ending.countDown(); // the second one is not ended yet
            await(begun);
            return null;
        });
        AtomicReference<CompletableFuture<byte[]>> second = new AtomicReference<>();
        CompletableFuture<Void> beginning = CompletableFuture.runAsync(() -> {
            second.set(calls.begin(1, HOUR_NANOS, id -> {
                assertThat(calls.aboutToWrite(Frame.request(Service.SESSION, id, new byte[1])))
                        .isTrue();
                written.countDown();
                await(ending);
                return true;
            }));
            begun.countDown();
        });
        await(written);

        calls.end(5330, "broken");

        held.get(20, SECONDS);
        beginning.get(20, SECONDS);
        assertThatThrownBy(first::join).cause().isInstanceOf(NotSentException.class);
        assertThatThrownBy(second.get()::join).cause().isInstanceOf(AnswerUnknownException.class);
    }

    @Test
    void a_request_that_is_begun_after_the_end_is_not_sent() {
        calls.end(5330, "broken");

        CompletableFuture<byte[]> late = calls.begin(1, HOUR_NANOS, id -> true);

        assertThatThrownBy(late::join)
                .cause()
                .isInstanceOf(NotSentException.class)
                .hasMessageContaining("not sent")
                .hasMessageContaining("broken");
    }

    @Test
    void calls_one_after_the_other_share_the_timer_of_the_first() {
        for (int i = 0; i < 100; i++) {
            CompletableFuture<byte[]> answer = calls.begin(1, HOUR_NANOS, id -> {
                calls.answered(id, new byte[0]);
                return true;
            });
            assertThat(answer).isDone();
        }
        assertThat(timers).hasSize(1);
        assertThat(timers.get(0).nanos()).isBetween(HOUR_NANOS / 2, HOUR_NANOS);
        timers.get(0).task().run();
        assertThat(timers).as("nobody waits any more").hasSize(1);
    }

    @Test
    void a_call_that_is_over_sooner_is_looked_at_sooner_and_the_others_afterwards() {
        long shortNanos = TimeUnit.MILLISECONDS.toNanos(30);
        CompletableFuture<byte[]> hour = calls.begin(1, HOUR_NANOS, id -> true);
        CompletableFuture<byte[]> brief = calls.begin(1, shortNanos, id -> true);
        long begun = System.nanoTime();
        assertThat(timers).hasSize(2);
        assertThat(timers.get(1).nanos()).isLessThanOrEqualTo(shortNanos);
        Await.until("over", () -> System.nanoTime() - begun > shortNanos);

        timers.get(1).task().run();

        assertThat(Await.failure(brief)).isInstanceOf(NotSentException.class).hasMessageContaining("within 30 ms");
        assertThat(hour).isNotDone();
        assertThat(timers).hasSize(3);
        assertThat(timers.get(2).nanos()).isBetween(HOUR_NANOS / 2, HOUR_NANOS);
        timers.get(2).task().run(); // too early: the next one follows
        assertThat(hour).isNotDone();
        assertThat(timers).hasSize(4);
    }

    @Test
    void a_timer_that_was_set_before_a_sooner_one_does_nothing() {
        CompletableFuture<byte[]> hour = calls.begin(1, HOUR_NANOS, id -> true);
        CompletableFuture<byte[]> minute = calls.begin(1, HOUR_NANOS / 60, id -> true);
        assertThat(timers).hasSize(2);

        timers.get(0).task().run();

        assertThat(timers).hasSize(2);
        timers.get(1).task().run();
        assertThat(timers).hasSize(3);
        assertThat(hour).isNotDone();
        assertThat(minute).isNotDone();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
