package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks in the order in which they came, on threads of which each could take them. */
class InOrderTest {

    @Test
    void tasks_run_one_after_the_other_in_their_order() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            InOrder inOrder = new InOrder(threads, 100_000);
            List<Integer> done = new ArrayList<>(); // by one thread at a time, or this breaks
            CountDownLatch all = new CountDownLatch(50_000);
            for (int i = 0; i < 50_000; i++) {
                int number = i;
                inOrder.execute(() -> {
                    done.add(number);
                    all.countDown();
                });
            }
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(done).isEqualTo(IntStream.range(0, 50_000).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_task_that_throws_does_not_hold_up_the_next() throws Exception {
        List<Throwable> uncaught = new ArrayList<>();
        CountDownLatch ran = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "test-in-order");
            thread.setUncaughtExceptionHandler((where, failure) -> uncaught.add(failure));
            return thread;
        });
        try {
            InOrder inOrder = new InOrder(threads, 10);
            inOrder.execute(() -> {
                throw new IllegalStateException("planted");
            });
            inOrder.execute(() -> {
                throw new AssertionError("planted");
            });
            inOrder.execute(ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(uncaught).hasExactlyElementsOfTypes(IllegalStateException.class, AssertionError.class);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void more_than_may_wait_are_rejected_and_those_that_wait_still_run() {
        Deque<Runnable> handed = new ArrayDeque<>();
        InOrder inOrder = new InOrder(handed::add, 3);
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            inOrder.execute(() -> done.add(number));
        }
        assertThrows(RejectedExecutionException.class, () -> inOrder.execute(() -> done.add(9)));
        assertThat(handed).hasSize(1);
        handed.remove().run();
        inOrder.execute(() -> done.add(3));
        handed.remove().run();
        assertThat(done).containsExactly(0, 1, 2, 3);
    }

    @Test
    void nothing_waits_that_the_threads_refused() {
        InOrder inOrder = new InOrder(
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                3);
        for (int i = 0; i < 5; i++) {
            RejectedExecutionException refused =
                    assertThrows(RejectedExecutionException.class, () -> inOrder.execute(() -> {}));
            assertThat(refused).hasMessage("closed");
        }
    }
}
