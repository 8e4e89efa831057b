package io.dtx.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.CompensationIncompleteException;
import io.dtx.DtxException;
import io.dtx.Propagation;
import io.dtx.StepContext;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionStatus;
import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.protocol.TransactionState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SagaOfExternalStepsTest {

    private final CountingLog log = new CountingLog(new MemoryLog());
    private final ExternalSagas sagas = new ExternalSagas(log);
    private final HandWritten services = sagas.services;
    private final TransactionalGateway gateway = sagas.gateway;

    @BeforeEach
    void forgetTheStart() {
        log.reset();
    }

    @AfterEach
    void stop() {
        sagas.close();
    }

    @Test
    void three_steps_commit_with_four_appends() {
        long result = place(null);

        assertThat(result).isEqualTo(31);
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
        assertThat(log.appends()).isEqualTo(4);
        assertThat(services.trace).hasSize(3).allMatch(line -> line.startsWith("do "));
    }

    @Test
    void the_log_waits_for_a_call_at_least_as_long_as_the_call_may_take() {
        AtomicReference<Duration> more = new AtomicReference<>();

        sagas.saga(() -> gateway.<Long, RuntimeException>step(HandWritten.RESERVE, out -> out.writeLong(1), () -> {
            Duration remaining = StepContext.current().remaining();
            TransactionState transaction = sagas.coordinator.transaction(sagas.last.get());
            more.set(Duration.ofMillis(transaction.steps().get(0).intent().budgetMillis())
                    .minus(remaining));
            return 1L;
        }));

        assertThat(more.get())
                .as("the log counts whole milliseconds, rounded down")
                .isGreaterThan(Duration.ofMillis(1));
    }

    @Test
    void a_failure_without_effect_compensates_the_finished_steps_in_reverse_order() {
        IllegalArgumentException refused = new IllegalArgumentException("no such address");

        assertThatThrownBy(() -> place(refused)).isSameAs(refused);

        String id = sagas.last.get().toString();
        assertThat(services.trace.subList(3, 5))
                .containsExactly(
                        "undo Payments.charge 20 21 " + id + "." + key(2) + ".D",
                        "undo Stock.reserve 10 11 " + id + "." + key(1) + ".D");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMPENSATED);
        assertThat(log.appends()).isEqualTo(3 + 1 + 2);
    }

    @Test
    void a_step_in_doubt_is_compensated_too_without_its_result() {
        UnsupportedOperationException lost = new UnsupportedOperationException("connection reset");

        assertThatThrownBy(() -> place(lost)).isSameAs(lost);

        assertThat(services.trace.subList(3, 6))
                .extracting(line -> line.substring(0, line.lastIndexOf(' ')))
                .containsExactly("undo Shipping.ship 30 ?", "undo Payments.charge 20 21", "undo Stock.reserve 10 11");
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMPENSATED);
    }

    @Test
    void an_exception_that_does_not_roll_back_commits() {
        assertThatThrownBy(() -> sagas.saga(() -> {
                    services.call(gateway, HandWritten.RESERVE, 1, null);
                    throw new IllegalStateException("out of paper");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void an_exception_that_does_not_roll_back_is_kept_when_the_saga_cannot_commit() {
        IllegalStateException paper = new IllegalStateException("out of paper");

        assertThatThrownBy(() -> sagas.saga(() -> {
                    services.call(gateway, HandWritten.RESERVE, 1, null);
                    TransactionContext.current().setRollbackOnly("changed my mind");
                    throw paper;
                }))
                .isInstanceOf(TransactionAbortedException.class)
                .hasSuppressedException(paper);

        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMPENSATED);
    }

    @Test
    void a_caught_failure_without_effect_lets_the_saga_take_another_way() {
        long result = sagas.saga(() -> {
            try {
                return services.call(gateway, HandWritten.RESERVE, 1, new IllegalArgumentException("sold out"));
            } catch (IllegalArgumentException e) {
                return services.call(gateway, HandWritten.CHARGE, 2, null);
            }
        });

        assertThat(result).isEqualTo(3);
        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMMITTED);
    }

    @Test
    void a_compensation_that_fails_is_tried_again_and_the_caller_is_told() {
        services.failingCompensation = "Stock.reserve";
        IllegalArgumentException refused = new IllegalArgumentException("no such address");

        assertThatThrownBy(() -> place(refused)).isSameAs(refused);

        assertThat(refused.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        CompensationIncompleteException.class,
                        incomplete -> assertThat(incomplete.steps()).containsExactly("Stock.reserve"));
        services.failingCompensation = null;
        Await.until(() -> sagas.status() == TransactionStatus.COMPENSATED);
    }

    @Test
    void rollback_only_aborts_a_method_that_returns() {
        assertThatThrownBy(() -> sagas.saga(() -> {
                    services.call(gateway, HandWritten.RESERVE, 1, null);
                    TransactionContext.current().setRollbackOnly("changed my mind");
                    return 0L;
                }))
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageContaining("changed my mind");

        assertThat(sagas.status()).isEqualTo(TransactionStatus.COMPENSATED);
    }

    @Test
    void a_saga_out_of_time_is_aborted_by_the_log_even_while_its_method_runs() {
        sagas.timeoutMillis = 1_000; // the first step must run in it

        assertThatThrownBy(() -> sagas.saga(() -> {
                    services.call(gateway, HandWritten.RESERVE, 1, null);
                    Await.until(() -> sagas.status() == TransactionStatus.COMPENSATED);
                    return services.call(gateway, HandWritten.CHARGE, 2, null);
                }))
                .isInstanceOf(TransactionTimeoutException.class);

        assertThat(services.trace).hasSize(2);
    }

    @Test
    void a_step_outside_a_transaction_and_one_inside_a_step_are_refused() {
        assertThatThrownBy(() -> services.call(gateway, HandWritten.RESERVE, 1, null))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-2011 Stock.reserve was called outside a transaction on thread");
        assertThatThrownBy(() -> sagas.saga(() -> gateway.<Long, RuntimeException>step(
                        HandWritten.RESERVE,
                        out -> out.writeLong(1),
                        () -> services.call(gateway, HandWritten.CHARGE, 2, null))))
                .hasMessageStartingWith("DTX-2013");
    }

    @Test
    void propagation_says_what_happens_to_the_callers_transaction() {
        sagas.saga(() -> {
            TransactionContext outer = TransactionContext.current();
            sagas.nested(
                    Propagation.REQUIRED,
                    () -> assertThat(TransactionContext.current()).isSameAs(outer));
            sagas.nested(
                    Propagation.SUPPORTS,
                    () -> assertThat(TransactionContext.current()).isSameAs(outer));
            sagas.nested(
                    Propagation.MANDATORY,
                    () -> assertThat(TransactionContext.current()).isSameAs(outer));
            sagas.nested(
                    Propagation.NOT_SUPPORTED,
                    () -> assertThat(TransactionContext.isActive()).isFalse());
            sagas.nested(
                    Propagation.REQUIRES_NEW,
                    () -> assertThat(TransactionContext.current().id()).isNotEqualTo(outer.id()));
            assertThatThrownBy(() -> sagas.nested(Propagation.NEVER, () -> {})).hasMessageStartingWith("DTX-2016");
            assertThat(TransactionContext.current()).isSameAs(outer);
            return 0L;
        });
        assertThatThrownBy(() -> sagas.nested(Propagation.MANDATORY, () -> {})).hasMessageStartingWith("DTX-2015");
        sagas.nested(
                Propagation.SUPPORTS,
                () -> assertThat(TransactionContext.isActive()).isFalse());
        sagas.nested(
                Propagation.NEVER,
                () -> assertThat(TransactionContext.isActive()).isFalse());
    }

    @Test
    void a_joined_method_that_throws_makes_the_outer_transaction_roll_back() {
        assertThatThrownBy(() -> sagas.saga(() -> {
                    services.call(gateway, HandWritten.RESERVE, 1, null);
                    try {
                        sagas.nested(Propagation.REQUIRED, () -> {
                            throw new UnsupportedOperationException("inner");
                        });
                    } catch (UnsupportedOperationException e) {
                        return 0L;
                    }
                    return 1L;
                }))
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageContaining("inner");
    }

    private long place(RuntimeException shippingFailure) {
        return sagas.saga(() -> {
            services.call(gateway, HandWritten.RESERVE, 10, null);
            services.call(gateway, HandWritten.CHARGE, 20, null);
            return services.call(gateway, HandWritten.SHIP, 30, shippingFailure);
        });
    }

    private static String key(int call) {
        return Long.toString((long) call << 23, 36);
    }
}
