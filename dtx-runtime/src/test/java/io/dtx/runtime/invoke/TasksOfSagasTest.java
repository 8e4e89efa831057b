package io.dtx.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.Propagation;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.spi.Contexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that carry the saga of the thread that handed them over; on virtual threads, where there are any. */
class TasksOfSagasTest {

    private final ExternalSagas sagas = new ExternalSagas(new MemoryLog());
    private final HandWritten services = sagas.services;
    private final TransactionalGateway gateway = sagas.gateway;
    private final ExecutorService threads = perTask();
    private final ExecutorService executor = Dtx.propagating(threads);

    @AfterEach
    void stop() throws InterruptedException {
        executor.shutdownNow();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        sagas.close();
    }

    @Test
    void steps_of_tasks_are_steps_of_the_saga_and_are_undone_in_reverse_order() {
        IllegalArgumentException refused = new IllegalArgumentException("no such address");

        assertThatThrownBy(() -> sagas.saga(() -> {
                    services.call(gateway, HandWritten.RESERVE, 10, null);
                    executor.submit(() -> services.call(gateway, HandWritten.CHARGE, 20, null))
                            .get();
                    return services.call(gateway, HandWritten.SHIP, 30, refused);
                }))
                .isSameAs(refused);

        assertThat(calls().subList(3, 5)).containsExactly("undo Payments.charge 20 21", "undo Stock.reserve 10 11");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMPENSATED);
    }

    @Test
    void tasks_run_side_by_side_and_their_steps_in_turn() {
        CyclicBarrier together = new CyclicBarrier(4);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        sagas.saga(() -> {
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                long argument = i;
                futures.add(executor.submit(() -> {
                    together.await(20, TimeUnit.SECONDS);
                    return gateway.<Long, RuntimeException>step(
                            HandWritten.RESERVE, out -> out.writeLong(argument), () -> {
                                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                LockSupport.parkNanos(100_000);
                                inside.decrementAndGet();
                                return argument;
                            });
                }));
            }
            for (int i = 0; i < 4; i++) {
                assertThat(futures.get(i).get()).isEqualTo(i);
            }
            return 0L;
        });

        assertThat(most.get()).isEqualTo(1);
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
        assertThat(sagas.coordinator.transaction(sagas.last.get()).steps()).hasSize(4);
    }

    @Test
    void a_saga_waits_for_tasks_that_nobody_has_waited_for() {
        CountDownLatch returned = new CountDownLatch(1);

        sagas.saga(() -> {
            executor.execute(() -> {
                uncheckedAwait(returned);
                services.call(gateway, HandWritten.RESERVE, 1, null);
            });
            CompletableFuture<Void> unread =
                    CompletableFuture.runAsync(() -> services.call(gateway, HandWritten.CHARGE, 2, null), executor);
            returned.countDown();
            assertThat(unread).isNotNull();
            return 0L;
        });

        assertThat(calls()).containsExactlyInAnyOrder("do Stock.reserve 1", "do Payments.charge 2");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void a_task_that_outlives_the_time_of_its_saga_rolls_it_back_and_does_no_more_in_it() throws Exception {
        sagas.timeoutMillis = 2_000;
        CountDownLatch over = new CountDownLatch(1);
        AtomicReference<Future<Long>> late = new AtomicReference<>();

        assertThatThrownBy(() -> sagas.saga(() -> {
                    services.call(gateway, HandWritten.RESERVE, 1, null);
                    late.set(executor.submit(() -> {
                        uncheckedAwait(over);
                        return services.call(gateway, HandWritten.CHARGE, 2, null);
                    }));
                    return 0L;
                }))
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageContaining("1 of the tasks that carry it had not ended");
        over.countDown();

        assertThatThrownBy(() -> late.get().get())
                .cause()
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-2042 " + sagas.last.get());
        Await.until(() -> sagas.status() == TransactionStatus.COMPENSATED);
        assertThat(calls()).hasSize(2).last().asString().startsWith("undo Stock.reserve 1");
    }

    @Test
    void a_thread_that_is_interrupted_and_waits_for_nothing_commits() {
        sagas.saga(() -> {
            Dtx.propagating((Executor) Runnable::run)
                    .execute(() -> services.call(gateway, HandWritten.RESERVE, 1, null));
            Thread.currentThread().interrupt();
            services.call(gateway, HandWritten.CHARGE, 2, null);
            Thread.currentThread().interrupt();
            return 0L;
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void a_method_that_throws_waits_for_the_step_of_a_task_and_refuses_what_comes_after() throws Exception {
        IllegalArgumentException failure = new IllegalArgumentException("changed my mind");
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch thrown = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        AtomicReference<Future<Object>> task = new AtomicReference<>();

        assertThatThrownBy(() -> sagas.saga(() -> {
                    task.set(executor.submit(() -> {
                        gateway.<Long, RuntimeException>step(HandWritten.RESERVE, out -> out.writeLong(7), () -> {
                            inStep.countDown();
                            uncheckedAwait(thrown);
                            services.trace.add("do Stock.reserve 7 -");
                            return 8L;
                        });
                        uncheckedAwait(over);
                        sagas.nested(Propagation.REQUIRED, () -> services.trace.add("never -"));
                        return null;
                    }));
                    uncheckedAwait(inStep);
                    threads.execute(thrown::countDown);
                    throw failure;
                }))
                .isSameAs(failure);
        over.countDown();

        assertThatThrownBy(() -> task.get().get()).cause().hasMessageContaining("is over, and Inner.call was called");
        assertThat(calls()).containsExactly("do Stock.reserve 7", "undo Stock.reserve 7 8");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMPENSATED);
    }

    @Test
    void a_method_that_throws_refuses_the_steps_that_wait_for_their_turn() {
        IllegalArgumentException failure = new IllegalArgumentException("changed my mind");
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch thrown = new CountDownLatch(1);
        AtomicReference<Thread> waiting = new AtomicReference<>();
        AtomicReference<Future<Object>> refused = new AtomicReference<>();

        assertThatThrownBy(() -> sagas.saga(() -> {
                    executor.execute(() ->
                            gateway.<Long, RuntimeException>step(HandWritten.RESERVE, out -> out.writeLong(7), () -> {
                                inStep.countDown();
                                uncheckedAwait(thrown);
                                services.trace.add("do Stock.reserve 7 -");
                                return 8L;
                            }));
                    uncheckedAwait(inStep);
                    refused.set(executor.submit(() -> {
                        waiting.set(Thread.currentThread());
                        return services.call(gateway, HandWritten.CHARGE, 2, null);
                    }));
                    Await.until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.TIMED_WAITING);
                    Thread orchestrating = Thread.currentThread();
                    threads.execute(() -> {
                        Await.until(() -> orchestrating.getState() == Thread.State.WAITING);
                        thrown.countDown();
                    });
                    throw failure;
                }))
                .isSameAs(failure);

        assertThatThrownBy(() -> refused.get().get()).cause().hasMessageStartingWith("DTX-2042");
        assertThat(calls()).containsExactly("do Stock.reserve 7", "undo Stock.reserve 7 8");
    }

    @Test
    void tasks_handed_over_outside_of_a_transaction_run_outside_of_one() {
        sagas.saga(() -> {
            AtomicReference<Runnable> task = new AtomicReference<>();
            sagas.nested(
                    Propagation.NOT_SUPPORTED,
                    () -> Dtx.propagating((Executor) task::set)
                            .execute(() ->
                                    assertThat(TransactionContext.isActive()).isFalse()));
            task.get().run();
            assertThat(TransactionContext.current().id()).isEqualTo(sagas.last.get());
            return 0L;
        });
    }

    @Test
    void a_thread_gets_its_own_transaction_back_after_a_task_of_another() {
        AtomicReference<Runnable> task = new AtomicReference<>();
        List<TransactionId> seen = new ArrayList<>();
        sagas.saga(() -> {
            TransactionId outer = sagas.last.get();
            Dtx.propagating((Executor) task::set)
                    .execute(() -> seen.add(TransactionContext.current().id()));
            sagas.nested(Propagation.REQUIRES_NEW, () -> {
                TransactionContext own = TransactionContext.current();
                task.get().run();
                assertThat(TransactionContext.current()).isSameAs(own);
            });
            assertThat(seen).containsExactly(outer);
            assertThatThrownBy(task.get()::run).hasMessageStartingWith("DTX-2044");
            return 0L;
        });
    }

    @Test
    void a_step_and_an_atomic_transaction_hand_nothing_over() {
        sagas.saga(() -> gateway.<Long, RuntimeException>step(HandWritten.RESERVE, out -> out.writeLong(1), () -> {
            assertThatThrownBy(() -> executor.execute(() -> {})).hasMessageStartingWith("DTX-2040");
            return 2L;
        }));
        AtomicReference<TransactionContext> scope = new AtomicReference<>(new TransactionScope(
                sagas.last.get(),
                new io.dtx.spi.TransactionDescriptor(
                        "Bank.move",
                        TransactionMode.ATOMIC,
                        Propagation.REQUIRED,
                        io.dtx.Recovery.BACKWARD,
                        0,
                        List.of()),
                1_000,
                MonotonicClock.SYSTEM));
        Contexts.transaction(scope.get());
        try {
            assertThatThrownBy(() -> executor.submit(() -> 1)).hasMessageStartingWith("DTX-2041");
        } finally {
            Contexts.transaction(null);
        }
    }

    @Test
    void a_saga_does_not_wait_for_tasks_that_are_never_run() {
        sagas.timeoutMillis = 10_000;
        ExecutorService one = Executors.newSingleThreadExecutor();
        ExecutorService carrying = Dtx.propagating(one);
        CountDownLatch busy = new CountDownLatch(1);
        long before = System.nanoTime();

        sagas.saga(() -> {
            services.call(gateway, HandWritten.RESERVE, 1, null);
            one.execute(() -> uncheckedAwait(busy));
            carrying.execute(() -> services.trace.add("never -"));
            carrying.shutdownNow();
            assertThatThrownBy(() -> carrying.submit(() -> 2)).isInstanceOf(RejectedExecutionException.class);
            return 0L;
        });

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
        assertThat(carrying.isShutdown()).isTrue();
    }

    @Test
    void a_saga_waits_for_a_task_that_an_executor_has_refused_and_runs_all_the_same() {
        CountDownLatch inTask = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Executor confused = Dtx.propagating((Executor) task -> {
            threads.execute(task);
            uncheckedAwait(inTask);
            throw new RejectedExecutionException("although it runs");
        });

        sagas.saga(() -> {
            assertThatThrownBy(() -> confused.execute(() -> {
                        inTask.countDown();
                        uncheckedAwait(over);
                        services.call(gateway, HandWritten.RESERVE, 1, null);
                    }))
                    .isInstanceOf(RejectedExecutionException.class);
            Thread orchestrating = Thread.currentThread();
            threads.execute(() -> {
                Await.until(() -> orchestrating.getState() == Thread.State.TIMED_WAITING);
                over.countDown();
            });
            return 0L;
        });

        assertThat(calls()).containsExactly("do Stock.reserve 1");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void a_task_that_an_executor_runs_within_itself_is_run_once() {
        AtomicReference<Runnable> itself = new AtomicReference<>();

        sagas.saga(() -> {
            Dtx.propagating((Executor) itself::set).execute(() -> {
                assertThatThrownBy(itself.get()::run).hasMessageStartingWith("DTX-2044");
                services.call(gateway, HandWritten.RESERVE, 1, null); // the saga was not left
            });
            itself.get().run();
            return 0L;
        });

        assertThat(calls()).containsExactly("do Stock.reserve 1");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void what_a_task_throws_rolls_nothing_back_by_itself() {
        sagas.saga(() -> {
            services.call(gateway, HandWritten.RESERVE, 1, null);
            Future<?> failed = executor.submit(() -> {
                throw new UnsupportedOperationException("not mine");
            });
            assertThatThrownBy(failed::get).isInstanceOf(ExecutionException.class);
            return 0L;
        });
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    private List<String> calls() {
        return services.trace.stream()
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList();
    }

    private static void uncheckedAwait(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // by shutdownNow
        }
    }

    private static ExecutorService perTask() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            return Executors.newCachedThreadPool(); // this JDK has no virtual threads
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
