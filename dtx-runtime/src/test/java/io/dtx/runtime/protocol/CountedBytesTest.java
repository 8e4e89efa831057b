package io.dtx.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.protocol.LogCommand.Heuristic;
import io.dtx.spi.RetrySchedule;
import org.junit.jupiter.api.Test;

/** What counts against the limits of transactions is a rule of all members: a new figure here is a new rule (ADR 22). */
class CountedBytesTest {

    private static final Origin ORIGIN = new Origin(5, 1_000, 1_000, 7, 0);
    private static final TransactionId ID = new TransactionId(1, 5, 1);
    private static final long FIRST = StepNumber.of(1, 1);
    private static final long SECOND = StepNumber.of(2, 1);

    @Test
    void a_saga_counts_its_names_what_was_passed_and_returned_and_why_steps_failed() {
        TransactionState saga = TransactionStateMachine.begin(
                        new LogCommand.Begin(ID, "Orders.place", Recovery.BACKWARD, 60_000, new byte[100]), ORIGIN)
                .state();
        assertThat(saga.bytes()).isEqualTo(512 + 12 + 100);

        saga = after(saga, start(FIRST));
        assertThat(saga.bytes()).isEqualTo(624 + 256 + 13 + 5 + 10 + 50);
        saga = after(saga, new LogCommand.FinishStep(ID, FIRST, new byte[8]));
        assertThat(saga.bytes()).isEqualTo(958 + 8);
        saga = after(after(saga, start(SECOND)), new LogCommand.FailStep(ID, SECOND, true, "no \u20ac"));
        assertThat(saga.bytes()).isEqualTo(966 + 334 + 6);
    }

    @Test
    void a_decision_counts_its_record_until_it_is_forgotten_and_heuristic_outcomes_after_that() {
        TransactionState decided = TransactionStateMachine.begin(
                        new LogCommand.RecordDecision(ID, "uid", 1, new byte[300]), ORIGIN)
                .state();
        assertThat(decided.bytes()).isEqualTo(512 + 300);

        decided = after(decided, new LogCommand.RecordHeuristic(ID, "east", Heuristic.ROLLED_BACK, "XA_HEURRB"));
        assertThat(decided.bytes()).isEqualTo(812 + 256 + 9);
        assertThat(after(decided, new LogCommand.ForgetDecision(ID)).bytes()).isEqualTo(512 + 256 + 9);
    }

    private static LogCommand.StartStep start(long step) {
        RetrySchedule schedule = RetrySchedule.COMPENSATION;
        return new LogCommand.StartStep(
                ID, step, "Stock.reserve", "stock", "7f3a/stock", false, true, 5, schedule, 1, new byte[50]);
    }

    private static TransactionState after(TransactionState transaction, LogCommand.OnTransaction command) {
        Transition transition = TransactionStateMachine.apply(transaction, command, ORIGIN);
        assertThat(transition.reply().kind()).isEqualTo(Reply.Kind.ACCEPTED);
        return transition.state();
    }
}
