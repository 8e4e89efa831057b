package io.dtx.runtime.coordinator;

import static io.dtx.runtime.coordinator.ScriptedLog.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.LogCommand.ForgetDecision;
import io.dtx.runtime.protocol.LogCommand.Heuristic;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogCommand.RecordDecision;
import io.dtx.runtime.protocol.LogCommand.RecordHeuristic;
import io.dtx.runtime.protocol.LogCommand.Resolve;
import io.dtx.runtime.protocol.Reply;
import org.junit.jupiter.api.Test;

/** What a resource manager has decided by itself stays until an operator has resolved it, and no branch is in doubt. */
class HeuristicRetentionTest {

    private static final long OWNER = 1;
    private static final TransactionId ID = id(OWNER, 1);

    private final ScriptedLog log = new ScriptedLog();

    private void waitForLong() {
        log.after(2 * Limits.DEFAULT.retentionMillis()).tick();
    }

    private static RecordHeuristic heuristic() {
        return new RecordHeuristic(ID, "east", Heuristic.ROLLED_BACK, "by itself");
    }

    @Test
    void it_waits_for_an_operator_however_long_and_leaves_after_the_retention() {
        log.open("node");
        log.unit(OWNER, new RecordDecision(ID, "uid", 1, new byte[8]), heuristic(), new ForgetDecision(ID));
        waitForLong();
        assertThat(log.tx(ID).status()).isEqualTo(TransactionStatus.HEURISTIC_MIXED);

        log.send(OWNER, new Resolve(ID, Outcome.COMMIT, "by hand"));
        assertThat(log.tx(ID).status()).isEqualTo(TransactionStatus.HEURISTIC_MIXED);
        waitForLong();

        assertThat(log.state.transaction(ID)).isNull();
    }

    @Test
    void its_decision_outlives_the_operator_while_a_branch_may_be_in_doubt() {
        log.open("node");
        log.unit(OWNER, new RecordDecision(ID, "uid", 1, new byte[8]), heuristic());
        log.send(OWNER, new Resolve(ID, Outcome.COMMIT, "by hand"));
        waitForLong();
        assertThat(log.state.decisions()).hasSize(1);

        log.send(OWNER, new ForgetDecision(ID));
        waitForLong();

        assertThat(log.state.transaction(ID)).isNull();
    }

    @Test
    void what_was_rolled_back_is_not_decided_to_commit_afterwards() {
        log.open("node");
        log.send(OWNER, heuristic());

        Reply reply = log.send(OWNER, new RecordDecision(ID, "uid", 1, new byte[8]));

        assertThat(reply.code()).isEqualTo("rolled-back");
        assertThat(log.state.decisions()).isEmpty();
    }
}
