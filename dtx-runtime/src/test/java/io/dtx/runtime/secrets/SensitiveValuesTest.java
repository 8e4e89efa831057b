package io.dtx.runtime.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.StepHistory;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.secrets.CardService.Card;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments and results are never printed, and of what failed with a sensitive value only the exception's type is. */
class SensitiveValuesTest {

    private static final String CARD = "4111-2222";
    private static final String TYPE = "java.lang.IllegalStateException";

    @TempDir
    Path directory;

    private SecretsRig rig;

    @BeforeEach
    void open() {
        rig = new SecretsRig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_failed_step_is_recorded_by_the_type_of_its_exception() {
        rig.faults.plan("charge", SensitiveValuesTest::failure);

        assertThat(rig.failure(() -> rig.cards.charge("ada", CARD)))
                .as("the caller gets it as it was thrown")
                .hasMessage("refused " + CARD);

        assertThat(rig.history().decision()).isEqualTo("ABORT: " + TYPE);
        assertThat(step(0).failure()).isEqualTo(TYPE);
        nothingIsTold();
    }

    @Test
    void what_a_task_threw_on_another_thread_is_recorded_by_its_type() {
        rig.faults.plan("charge", SensitiveValuesTest::failure);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        ExecutorService executor = Dtx.propagating(pool);
        try {
            assertThat(rig.failure(() ->
                            executor.submit(() -> rig.cards.charge("ada", CARD)).get()))
                    .hasRootCauseMessage("refused " + CARD);
        } finally {
            pool.shutdown();
        }

        assertThat(rig.history().decision()).isEqualTo("ABORT: java.util.concurrent.ExecutionException");
        nothingIsTold();
    }

    @Test
    void a_step_in_doubt_tells_later_refusals_only_the_type() {
        rig.faults.plan("announce", SensitiveValuesTest::failure);

        Throwable refusal = rig.failure(() -> {
            assertThatThrownBy(() -> rig.cards.announce(new Card(CARD))).hasMessage("refused " + CARD);
            rig.cards.ship("the moon");
        });

        assertThat(refusal)
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageContaining("took effect: " + TYPE)
                .message()
                .doesNotContain(CARD);
        assertThat(step(0).failure()).isEqualTo(TYPE);
        nothingIsTold();
    }

    @Test
    void a_failed_compensation_is_logged_with_types_and_stacks_alone() {
        rig.faults.plan("release", value -> new IllegalStateException("refused " + value, failure(value)));
        rig.faults.plan("revoke", SensitiveValuesTest::failure);
        rig.faults.plan("ship", address -> new IllegalArgumentException("no road"));

        for (int order = 0; order < 2; order++) {
            boolean guarded = order == 0;
            rig.failure(() -> {
                if (guarded) {
                    rig.cards.charge("ada", CARD);
                } else {
                    rig.cards.announce(new Card(CARD));
                }
                rig.cards.ship("the moon");
            });
            assertThat(rig.history().status()).isEqualTo(TransactionStatus.PARKED);
            assertThat(step(0).failure()).isEqualTo(TYPE);
            assertThat(rig.log.await("DTX-4011", order + 1))
                    .contains("failed for good; the transaction is parked")
                    .contains(TYPE)
                    .contains("at " + CardService.class.getName() + (guarded ? ".release" : ".revoke"));
        }

        assertThat(rig.log.await("DTX-4011", 2)).contains("Caused by: " + TYPE + System.lineSeparator());
        nothingIsTold();
    }

    @Test
    void an_orchestrator_that_repeats_what_a_sensitive_step_said_is_recorded_by_the_type() {
        rig.faults.plan("charge", SensitiveValuesTest::failure);

        rig.failure(() -> {
            Throwable failure = catchThrowable(() -> rig.cards.charge("ada", CARD));
            rig.cards.ship("the moon");
            throw new UnsupportedOperationException("order failed: " + failure.getMessage());
        });

        assertThat(rig.history().decision()).isEqualTo("ABORT: java.lang.UnsupportedOperationException");
        nothingIsTold();
    }

    @Test
    void an_orchestrating_method_with_a_sensitive_parameter_is_recorded_by_the_type() {
        assertThatThrownBy(() -> rig.checkout.withCard(CARD, rig.remembering(() -> {
                    rig.cards.ship("the moon");
                    throw failure(CARD);
                })))
                .hasMessage("refused " + CARD);

        assertThat(rig.history().decision()).isEqualTo("ABORT: " + TYPE);
        nothingIsTold();
    }

    @Test
    void a_joined_method_that_throws_marks_the_outer_transaction_with_the_type() {
        Throwable aborted = rig.failure(() -> {
            rig.cards.ship("the moon");
            assertThatThrownBy(() -> rig.checkout.withCard(CARD, () -> {
                        throw failure(CARD);
                    }))
                    .hasMessage("refused " + CARD);
        });

        assertThat(aborted)
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageContaining("CheckoutService.withCard threw " + TYPE)
                .message()
                .doesNotContain(CARD);
        nothingIsTold();
    }

    @Test
    void what_an_inner_transaction_throws_is_recorded_by_the_type_in_the_outer_one_too() {
        rig.faults.plan("charge", SensitiveValuesTest::failure);

        rig.failure(() -> {
            rig.cards.ship("the moon");
            rig.checkout.apart(() -> rig.cards.charge("ada", CARD));
        });

        assertThat(rig.history().decision()).isEqualTo("ABORT: " + TYPE);
        nothingIsTold();
    }

    @Test
    void what_a_standalone_step_throws_is_recorded_by_the_type_in_the_suspended_transaction() {
        rig.faults.plan("charge", SensitiveValuesTest::failure);

        rig.failure(() -> {
            rig.cards.ship("the moon");
            rig.checkout.outside(() -> rig.cards.charge("ada", CARD));
        });

        assertThat(rig.history().decision()).isEqualTo("ABORT: " + TYPE);
        nothingIsTold();
    }

    @Test
    void without_a_sensitive_value_messages_are_kept_also_by_a_thread_that_has_seen_some() {
        rig.failure(() -> rig.cards.charge("ada", CARD));
        assertThat(rig.history().status()).isEqualTo(TransactionStatus.COMMITTED);
        rig.faults.plan("ship", address -> new IllegalStateException("no road to " + address));

        rig.failure(() -> rig.cards.ship("the moon"));

        assertThat(rig.history().decision()).isEqualTo("ABORT: " + TYPE + ": no road to the moon");
        assertThat(step(0).failure()).isEqualTo(TYPE + ": no road to the moon");
    }

    @Test
    void a_reason_that_is_handed_over_is_recorded_as_it_is() {
        rig.failure(() -> {
            rig.cards.charge("ada", CARD);
            TransactionContext.current().setRollbackOnly("blocked by the bank");
        });

        assertThat(rig.history().decision()).contains("DTX-2022", "blocked by the bank");
        nothingIsTold();
    }

    @Test
    void arguments_and_results_are_recorded_but_printed_nowhere() {
        rig.failure(() -> {
            rig.cards.charge("the customer", CARD);
            rig.cards.announce(new Card(CARD));
            rig.cards.ship("the moon");
            throw new IllegalStateException("changed my mind");
        });

        assertThat(rig.history().status()).isEqualTo(TransactionStatus.COMPENSATED);
        assertThat(rig.recorded()).contains("the customer", CARD, "receipt of " + CARD, "the moon");
        assertThat(rig.told())
                .contains("CardService.charge")
                .doesNotContain("the customer", CARD, "receipt of", "the moon");
    }

    private StepHistory step(int index) {
        TransactionHistory history = rig.history();
        return history.steps().get(index);
    }

    /** Neither people nor the log's files learn a message; the value itself is recorded for the compensation. */
    private void nothingIsTold() {
        rig.history();
        assertThat(rig.told()).contains("CardService.").doesNotContain(CARD).doesNotContain("refused");
        assertThat(rig.recorded()).doesNotContain("refused");
    }

    private static IllegalStateException failure(String value) {
        return new IllegalStateException("refused " + value);
    }
}
