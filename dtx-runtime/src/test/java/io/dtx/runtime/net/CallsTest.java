package io.dtx.runtime.net;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Calls whose connection ends in the midst of their begin; the test's thread is the loop. */
class CallsTest {

    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Calls calls = new Calls(
            (EventLoop) Proxy.newProxyInstance(
                    CallsTest.class.getClassLoader(),
                    new Class<?>[] {EventLoop.class},
                    (self, method, arguments) -> null),
            new Address("localhost", 1),
            NetOptions.plaintext(Role.MEMBER));

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

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
