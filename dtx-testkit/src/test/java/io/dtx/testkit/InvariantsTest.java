package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.StepHistory;
import io.dtx.runtime.TransactionHistory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the runtime would have to do wrong, forged: each is named. */
class InvariantsTest {

    private static final TransactionId ID = new TransactionId(1, 1, 1);

    @Test
    void what_is_right_is_not_complained_about() {
        assertThat(judge(TransactionStatus.COMMITTED, true, done(1), done(2))).isEmpty();
        assertThat(judge(TransactionStatus.COMPENSATED, false, done(1), done(2), undone(2), undone(1)))
                .isEmpty();
        assertThat(Invariants.violations(List.of(), false, List.of())).isEmpty();
    }

    @Test
    void a_compensation_out_of_turn_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, false, done(1), done(2), undone(1), undone(2)))
                .containsExactly("step2 was compensated after step1, which came before it");
    }

    @Test
    void an_effect_that_happens_twice_is_named() {
        assertThat(judge(TransactionStatus.COMMITTED, true, done(1), done(1), done(2)))
                .containsExactly("it took effect twice: done: step1");
    }

    @Test
    void a_lost_compensation_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, false, done(1), done(2), undone(2)))
                .containsExactly("it is rolled back, but step1 is still in effect");
    }

    @Test
    void a_step_that_takes_effect_after_compensation_has_begun_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, false, done(1), undone(1), done(2)))
                .contains("step2 took effect after the compensation of step1");
    }

    @Test
    void a_compensated_step_of_a_committed_transaction_is_named() {
        assertThat(judge(TransactionStatus.COMMITTED, true, done(1), done(2), undone(2)))
                .contains("it is committed, but step2 was compensated");
    }

    @Test
    void a_compensation_of_what_never_happened_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, false, done(1), undone(2), undone(1)))
                .contains("step2 was compensated, but had not taken effect");
    }

    @Test
    void a_caller_that_was_told_something_else_is_named() {
        assertThat(judge(TransactionStatus.COMPENSATED, true))
                .containsExactly("the call returned, but it is not committed");
    }

    @Test
    void a_transaction_that_stays_open_and_effects_without_one_are_named() {
        assertThat(judge(TransactionStatus.ACTIVE, false)).containsExactly("it did not end: it is ACTIVE");
        assertThat(Invariants.violations(List.of(), false, List.of(done(1))))
                .containsExactly("there were effects, but the log knows nothing of them: [done: step1]");
    }

    private static List<String> judge(TransactionStatus status, boolean returned, Effect... effects) {
        StepStatus ended = status == TransactionStatus.COMPENSATED ? StepStatus.COMPENSATED : StepStatus.FINISHED;
        TransactionHistory history = new TransactionHistory(
                ID,
                "transaction",
                status,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                List.of(step(1, ended), step(2, ended)));
        return Invariants.violations(List.of(history), returned, List.of(effects));
    }

    private static StepHistory step(int call, StepStatus status) {
        return new StepHistory(call + ".1", "step" + call, "stock", status, Instant.EPOCH, null, 0, "");
    }

    private static Effect done(int call) {
        return new Effect(ID.toString(), call, "step" + call, false, false);
    }

    private static Effect undone(int call) {
        return new Effect(ID.toString(), call, "step" + call, true, false);
    }
}
