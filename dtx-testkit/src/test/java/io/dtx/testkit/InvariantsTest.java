package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.OutcomeUnknownException;
import io.dtx.StepStatus;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.StepHistory;
import io.dtx.runtime.TransactionHistory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the runtime would have to do wrong, forged: each is named. */
class InvariantsTest {

    private static final TransactionId ID = new TransactionId(1, 1, 1);
    private static final Throwable CRASH = new SimulatedCrash("at some point");
    private static final Set<String> WATCHED = Set.of("stock");

    @Test
    void what_is_right_is_not_complained_about() {
        assertThat(judge(TransactionStatus.COMMITTED, null, done(1), done(2))).isEmpty();
        assertThat(judge(TransactionStatus.COMPENSATED, CRASH, done(1), done(2), undone(2), undone(1)))
                .isEmpty();
        assertThat(Invariants.violations(List.of(), CRASH, List.of(), WATCHED)).isEmpty();
    }

    @Test
    void a_compensation_out_of_turn_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, CRASH, done(1), done(2), undone(1), undone(2)))
                .containsExactly("step2 was compensated after step1, which came before it");
    }

    @Test
    void an_effect_that_happens_twice_is_named() {
        assertThat(judge(TransactionStatus.COMMITTED, null, done(1), done(1), done(2)))
                .containsExactly("it took effect twice: done: step1");
    }

    @Test
    void a_lost_compensation_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, CRASH, done(1), done(2), undone(2)))
                .containsExactly("it is rolled back, but step1 is still in effect");
    }

    @Test
    void a_step_that_takes_effect_after_compensation_has_begun_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, CRASH, done(1), undone(1), done(2)))
                .contains("step2 took effect after the compensation of step1");
    }

    @Test
    void a_compensated_step_of_a_committed_transaction_is_named() {
        assertThat(judge(TransactionStatus.COMMITTED, null, done(1), done(2), undone(2)))
                .contains("it is committed, but step2 was compensated");
    }

    @Test
    void a_compensation_of_what_never_happened_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, CRASH, done(1), undone(2), undone(1)))
                .contains("step2 was compensated, but had not taken effect");
    }

    @Test
    void a_caller_that_was_told_something_else_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, null))
                .containsExactly("the call returned, but it is not committed");
    }

    @Test
    void a_finished_step_of_a_committed_transaction_that_has_no_effect_is_named() {
        assertThat(judge(TransactionStatus.COMMITTED, null, done(1)))
                .containsExactly("it is committed, but step2 has not taken effect");
        assertThat(judge(TransactionStatus.COMMITTED, CRASH))
                .containsExactly(
                        "it is committed, but step1 has not taken effect",
                        "it is committed, but step2 has not taken effect");
    }

    @Test
    void what_nobody_watches_may_take_effect_unseen() {
        List<TransactionHistory> history =
                List.of(history(TransactionStatus.COMMITTED, step(1, StepStatus.FINISHED), external(2)));

        assertThat(Invariants.violations(history, null, List.of(), Set.of("payments")))
                .isEmpty();
        assertThat(Invariants.violations(history, null, List.of(done(1)), WATCHED))
                .isEmpty();
    }

    @Test
    void a_caller_that_was_told_of_an_abort_that_is_a_commit_is_named() {
        Throwable aborted = new TransactionAbortedException(ID, "DTX-2024 it was rolled back", null);
        for (Throwable each : List.of(
                aborted,
                new TransactionTimeoutException(ID, "DTX-2023 its time was over", null),
                new IllegalStateException("a container wraps it", aborted))) {
            assertThat(judge(TransactionStatus.COMMITTED, each, done(1), done(2)))
                    .containsExactly("it is committed, but the caller was told that it was aborted: " + each);
        }
    }

    @Test
    void a_caller_that_was_told_the_truth_about_a_commit_is_not_complained_about() {
        for (Throwable each : List.of(
                CRASH,
                new OutcomeUnknownException(ID, "DTX-2004 the outcome is not known here", null),
                new TransactionAbortedException(new TransactionId(1, 1, 2), "DTX-2024 another one", null),
                new IllegalArgumentException("one that does not roll back"))) {
            assertThat(judge(TransactionStatus.COMMITTED, each, done(1), done(2)))
                    .isEmpty();
        }
    }

    @Test
    void a_transaction_that_stays_open_and_effects_without_one_are_named() {
        assertThat(judge(TransactionStatus.ACTIVE, CRASH)).containsExactly("it did not end: it is ACTIVE");
        assertThat(Invariants.violations(List.of(), CRASH, List.of(done(1)), WATCHED))
                .containsExactly("there were effects, but the log knows nothing of them: [done: step1]");
    }

    private static List<String> judge(TransactionStatus status, @Nullable Throwable thrown, Effect... effects) {
        StepStatus ended = status == TransactionStatus.COMPENSATED ? StepStatus.COMPENSATED : StepStatus.FINISHED;
        List<TransactionHistory> transactions = List.of(history(status, step(1, ended), step(2, ended)));
        return Invariants.violations(transactions, thrown, List.of(effects), WATCHED);
    }

    private static TransactionHistory history(TransactionStatus status, StepHistory... steps) {
        return new TransactionHistory(ID, "transaction", status, Instant.EPOCH, null, null, null, null, List.of(steps));
    }

    private static StepHistory step(int call, StepStatus status) {
        return new StepHistory(call + ".1", "step" + call, "stock", status, Instant.EPOCH, null, 0, "");
    }

    private static StepHistory external(int call) {
        return new StepHistory(call + ".1", "step" + call, null, StepStatus.FINISHED, Instant.EPOCH, null, 0, "");
    }

    private static Effect done(int call) {
        return new Effect(ID.toString(), call, "step" + call, false, false);
    }

    private static Effect undone(int call) {
        return new Effect(ID.toString(), call, "step" + call, true, false);
    }
}
