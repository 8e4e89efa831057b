package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.arjuna.coordinator.TxControl;
import io.dtx.runtime.participant.TwoPhaseCommit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Narayana's settings are those of whoever holds it. */
class NarayanaTest {

    @Test
    void a_session_that_comes_after_its_dtx_was_closed_names_no_branch_of_the_next_one() {
        try (TwoPhaseCommit closed = NarayanaCommit.create();
                TwoPhaseCommit next = NarayanaCommit.create()) {
            closed.start(new TwoPhaseCommit.Settings(1, 2, 60_000, 0), new MemoryDecisions(), Map.of());
            closed.nextSession(3);
            assertThat(TxControl.getXANodeName()).isEqualTo(BranchName.node(1, 3));
            closed.close();
            next.start(new TwoPhaseCommit.Settings(1, 5, 60_000, 0), new MemoryDecisions(), Map.of());

            closed.nextSession(4);

            assertThat(TxControl.getXANodeName()).isEqualTo(BranchName.node(1, 5));
        }
    }
}
