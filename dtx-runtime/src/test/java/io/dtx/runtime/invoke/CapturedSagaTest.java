package io.dtx.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.spi.Contexts;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sagas that a container's executor carries, which captures them when a task is handed over. */
class CapturedSagaTest {

    private static final TransactionDescriptor TRANSFER = new TransactionDescriptor(
            "Bank.transfer", TransactionMode.ATOMIC, Propagation.REQUIRED, Recovery.BACKWARD, 0, List.of());

    private final ExternalSagas sagas = new ExternalSagas(new MemoryLog());
    private final HandWritten services = sagas.services;
    private final TransactionalGateway gateway = sagas.gateway;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        sagas.close();
    }

    @Test
    void steps_of_a_task_are_steps_of_the_saga_and_are_undone_in_reverse_order() {
        IllegalArgumentException refused = new IllegalArgumentException("no such address");

        assertThatThrownBy(() -> sagas.saga(() -> {
                    services.call(gateway, HandWritten.RESERVE, 10, null);
                    submit(CapturedSaga.ofThread(), () -> services.call(gateway, HandWritten.CHARGE, 20, null))
                            .get();
                    return services.call(gateway, HandWritten.SHIP, 30, refused);
                }))
                .isSameAs(refused);

        assertThat(calls().subList(3, 5)).containsExactly("undo Payments.charge 20 21", "undo Stock.reserve 10 11");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMPENSATED);
    }

    @Test
    void a_saga_waits_for_a_task_that_has_begun() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);

        sagas.saga(() -> {
            Future<Long> unread = submit(CapturedSaga.ofThread(), () -> {
                begun.countDown();
                assertThat(goesOn.await(20, TimeUnit.SECONDS)).isTrue();
                return services.call(gateway, HandWritten.RESERVE, 1, null);
            });
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(unread.isCancelled()).isFalse();
            goesOn.countDown();
            return 0L;
        });

        assertThat(calls()).containsExactly("do Stock.reserve 1");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void what_begins_while_the_saga_is_about_to_commit_has_no_part_in_it() {
        sagas.saga(() -> {
            services.call(gateway, HandWritten.RESERVE, 1, null);
            CapturedSaga captured = CapturedSaga.ofThread();
            ((TransactionScope) TransactionContext.current()).awaitTasks(); // as when the method has returned

            Future<Long> late = submit(captured, () -> services.call(gateway, HandWritten.CHARGE, 2, null));

            assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS)).cause().hasMessageStartingWith("DTX-2042");
            return 0L;
        });

        assertThat(calls()).containsExactly("do Stock.reserve 1");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void what_begins_after_the_saga_may_do_nothing_in_it_and_nothing_of_its_own() {
        AtomicReference<CapturedSaga> captured = new AtomicReference<>();
        sagas.saga(() -> {
            captured.set(CapturedSaga.ofThread());
            return services.call(gateway, HandWritten.RESERVE, 1, null);
        });

        CapturedSaga.Stay stay = captured.get().enter();
        try {
            assertThatThrownBy(() -> services.call(gateway, HandWritten.CHARGE, 2, null))
                    .hasMessageStartingWith("DTX-2042");
            assertThatThrownBy(() -> sagas.saga(() -> 3L)).hasMessageStartingWith("DTX-2042");
        } finally {
            stay.end();
        }
        assertThat(TransactionContext.isActive()).isFalse();
        assertThat(calls()).containsExactly("do Stock.reserve 1");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void a_task_may_run_often_and_one_that_never_runs_delays_nothing() {
        sagas.saga(() -> {
            CapturedSaga repeated = CapturedSaga.ofThread();
            assertThat(CapturedSaga.ofThread()).isNotSameAs(repeated);
            for (int i = 0; i < 3; i++) {
                int argument = i;
                submit(repeated, () -> services.call(gateway, HandWritten.RESERVE, argument, null))
                        .get();
            }
            return 0L;
        });
        assertThat(calls()).containsExactly("do Stock.reserve 0", "do Stock.reserve 1", "do Stock.reserve 2");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void a_step_gives_its_saga_to_nobody_and_a_thread_gets_its_own_back() {
        sagas.saga(() -> {
            TransactionContext own = TransactionContext.current();
            gateway.<Long, RuntimeException>step(HandWritten.RESERVE, out -> out.writeLong(1), () -> {
                CapturedSaga none = CapturedSaga.ofThread();
                assertThat(elsewhere(() -> entered(none))).isFalse();
                assertThat(entered(none)).as("a step stays on its thread").isTrue();
                return 2L;
            });
            assertThat(entered(CapturedSaga.none())).isFalse();
            assertThat(entered(CapturedSaga.ofThread())).isTrue();
            assertThat(TransactionContext.current()).isSameAs(own);
            return 0L;
        });
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void an_atomic_transaction_stays_on_its_thread_whatever_that_runs() {
        AtomicReference<CapturedSaga> captured = new AtomicReference<>();
        sagas.saga(() -> {
            captured.set(CapturedSaga.ofThread());
            return 0L;
        });
        TransactionContext atomic =
                new TransactionScope(new TransactionId(1, 1, 1), TRANSFER, 60_000, MonotonicClock.SYSTEM);

        Contexts.transaction(atomic);
        try {
            for (CapturedSaga each : List.of(CapturedSaga.none(), CapturedSaga.ofThread(), captured.get())) {
                CapturedSaga.Stay stay = each.enter();
                assertThat(TransactionContext.current()).isSameAs(atomic);
                assertThatThrownBy(() -> services.call(gateway, HandWritten.CHARGE, 2, null))
                        .hasMessageStartingWith("DTX-3544");
                stay.end();
                assertThat(TransactionContext.current()).isSameAs(atomic);
            }
        } finally {
            Contexts.transaction(null);
        }
    }

    private <T> T elsewhere(Callable<T> task) {
        try {
            return threads.submit(task).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean entered(CapturedSaga captured) {
        CapturedSaga.Stay stay = captured.enter();
        try {
            return TransactionContext.isActive();
        } finally {
            stay.end();
        }
    }

    private <T> Future<T> submit(CapturedSaga captured, Callable<T> task) {
        return threads.submit(() -> {
            CapturedSaga.Stay stay = captured.enter();
            try {
                return task.call();
            } finally {
                stay.end();
            }
        });
    }

    private List<String> calls() {
        return services.trace.stream()
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList();
    }
}
