package io.dtx.runtime.coordinator;

import static io.dtx.runtime.coordinator.ScriptedLog.abort;
import static io.dtx.runtime.coordinator.ScriptedLog.at;
import static io.dtx.runtime.coordinator.ScriptedLog.begin;
import static io.dtx.runtime.coordinator.ScriptedLog.claim;
import static io.dtx.runtime.coordinator.ScriptedLog.fail;
import static io.dtx.runtime.coordinator.ScriptedLog.finish;
import static io.dtx.runtime.coordinator.ScriptedLog.id;
import static io.dtx.runtime.coordinator.ScriptedLog.pivot;
import static io.dtx.runtime.coordinator.ScriptedLog.reading;
import static io.dtx.runtime.coordinator.ScriptedLog.start;
import static io.dtx.runtime.coordinator.ScriptedLog.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.Recovery;
import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.Reply;
import org.junit.jupiter.api.Test;

/** What an operator can do with the transactions of a restored log: whichever it is, it comes to an end. */
class RestoredTest {

    private final ScriptedLog old = new ScriptedLog();
    private final long owner = old.open("n1");
    private final TransactionId id = id(owner, 1);

    @Test
    void a_saga_without_a_step_to_undo_is_resolved_for_it_may_have_done_some_after_the_backup() {
        old.unit(owner, begin(id), start(id, 1), fail(id, 1), reading(id, 2));
        ScriptedLog log = old.restored();
        long operator = log.open("n2");
        assertThat(log.tx(id).status()).isEqualTo(TransactionStatus.PARKED);

        assertThat(log.send(operator, new LogCommand.Retry(id)))
                .isEqualTo(Reply.rejected("nothing-to-undo", TransactionStatus.PARKED));
        assertThat(log.send(operator, new LogCommand.Resolve(id, Outcome.ABORT, "nothing was done")))
                .isEqualTo(Reply.accepted(TransactionStatus.RESOLVED));
    }

    @Test
    void a_retry_passes_a_last_step_that_only_reads_and_undoes_the_ones_before() {
        old.unit(owner, begin(id), start(id, 1), finish(id, 1), reading(id, 2), finish(id, 2));
        ScriptedLog log = old.restored();
        long claimer = log.open("n2");
        assertThat(log.state.pendingActions()).isEmpty();

        assertThat(log.send(claimer, new LogCommand.Retry(id)))
                .isEqualTo(Reply.accepted(TransactionStatus.COMPENSATING));
        assertThat(log.step(id, 2).status()).isEqualTo(StepStatus.COMPENSATED);
        assertThat(log.state.pendingActions()).containsExactly(new Action(id, at(1), 1));
        assertThat(log.unit(claimer, claim(id, 1, 1), undone(id, 1)).get(1))
                .isEqualTo(Reply.accepted(TransactionStatus.COMPENSATED));
    }

    @Test
    void a_retry_goes_on_with_undoing_what_was_being_undone() {
        old.unit(owner, begin(id), start(id, 1), finish(id, 1), start(id, 2), finish(id, 2));
        old.unit(owner, abort(id), claim(id, 2, 1));
        ScriptedLog log = old.restored();

        assertThat(log.send(log.open("n2"), new LogCommand.Retry(id)))
                .isEqualTo(Reply.accepted(TransactionStatus.COMPENSATING));
        assertThat(log.state.pendingActions()).containsExactly(new Action(id, at(2), 2));
    }

    @Test
    void two_phase_commit_that_was_decided_says_so_and_is_resolved_and_never_undone() {
        old.send(owner, new LogCommand.RecordDecision(id, "uid", 1, new byte[] {1}));
        ScriptedLog log = old.restored();
        long operator = log.open("n2");
        assertThat(log.tx(id).status()).isEqualTo(TransactionStatus.PARKED);
        assertThat(log.tx(id).decision())
                .matches(decision -> decision.outcome() == Outcome.COMMIT)
                .extracting(decision -> decision.reason())
                .asString()
                .contains("restored from a backup of log 1", "commit by hand", "touches no branch");

        assertThat(log.send(operator, new LogCommand.Retry(id)))
                .isEqualTo(Reply.rejected("decided-to-commit", TransactionStatus.PARKED));
        assertThat(log.send(operator, new LogCommand.Resolve(id, Outcome.COMMIT, "committed both")))
                .isEqualTo(Reply.accepted(TransactionStatus.RESOLVED));
    }

    @Test
    void a_saga_behind_its_pivot_is_resolved_and_never_undone() {
        old.unit(owner, begin(id, Recovery.FORWARD), pivot(id, 1), finish(id, 1), start(id, 2));
        ScriptedLog log = old.restored();
        long operator = log.open("n2");
        assertThat(log.step(id, 2).failure()).contains("a retry is refused", "resolve");

        assertThat(log.send(operator, new LogCommand.Retry(id)))
                .isEqualTo(Reply.rejected("decided-to-commit", TransactionStatus.PARKED));
        assertThat(log.send(operator, new LogCommand.Resolve(id, Outcome.COMMIT, "sent by hand")))
                .isEqualTo(Reply.accepted(TransactionStatus.RESOLVED));
    }
}
