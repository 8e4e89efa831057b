package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dtx.DtxException;
import io.dtx.HeuristicOutcomeException;
import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.StepHistory;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An administrator ends a prepared branch by hand, against the decision: the log has it, and everybody is told. */
class HeuristicTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private final ChangingStep step = new ChangingStep();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private Bank bank;

    @BeforeEach
    void start() {
        bank = Bank.watched(directory, Map.of("dtx.xa.recovery.interval", "1h"), east, west, step)
                .start();
        bank.log().after(commands -> {
            if (!commands.isEmpty()) {
                events.add(commands);
            }
        });
    }

    @AfterEach
    void close() {
        step.clear();
        bank.close();
        assertThat(bank.inDoubt()).isZero();
    }

    /** At this point the administrator ends the branches of a database, and the resource manager says so. */
    private void byHand(String point, TestDatabase database, String verb, int answer) {
        step.set(call -> {
            if (call.equals(point)) {
                endPrepared(database, verb);
                throw new XAException(answer);
            } else if (call.endsWith(":forget:before")) {
                events.add(call);
            }
        });
    }

    private static void endPrepared(TestDatabase database, String verb) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT gid FROM pg_prepared_xacts WHERE database = current_database()")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String each : names) {
                statement.execute(verb + " PREPARED '" + each + "'");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6, ROLLBACK, FAILED, XA_HEURRB, 1000",
        "5, COMMIT, IN_DOUBT, XA_HEURMIX, 1010",
        "8, COMMIT, IN_DOUBT, XA_HEURHAZ, 1010"
    })
    void a_branch_that_was_ended_against_a_decision_to_commit_is_recorded_before_it_is_forgotten(
            int answer, String verb, StepStatus status, String code, long inWest) {
        byHand("west:commit:before", west, verb, answer);

        HeuristicOutcomeException told = catchThrowableOfType(HeuristicOutcomeException.class, () -> bank.transfer(10));

        assertThat(told).hasMessageStartingWith("DTX-3548");
        assertThat(events).containsSubsequence("RECORD_DECISION", "RECORD_HEURISTIC", "west:forget:before");
        assertThat(Bank.balance(east)).isEqualTo(990);
        assertThat(Bank.balance(west)).isEqualTo(inWest);
        assertThat(outcome(told.transactionId())).isEqualTo(TransactionStatus.HEURISTIC_MIXED);
        TransactionHistory history = show(told.transactionId());
        assertThat(history.decision()).startsWith("COMMIT");
        StepHistory branch = history.steps().get(0);
        assertThat(branch.resource()).isEqualTo("west");
        assertThat(branch.status()).isEqualTo(status);
        assertThat(history.toString()).contains("west", code);
    }

    @Test
    void it_is_still_there_after_a_restart_until_an_operator_resolves_it() {
        byHand("west:commit:before", west, "ROLLBACK", XAException.XA_HEURRB);
        TransactionId id = catchThrowableOfType(HeuristicOutcomeException.class, () -> bank.transfer(10))
                .transactionId();
        bank.close();
        start();
        bank.awaitNothingInDoubt();

        assertThat(outcome(id)).isEqualTo(TransactionStatus.HEURISTIC_MIXED);
        assertThat(show(id).resolution()).isNull();
        bank.dtx().transactions().resolve(id, TransactionStatus.COMMITTED, "booked the ten by hand");

        assertThat(outcome(id)).isEqualTo(TransactionStatus.HEURISTIC_MIXED);
        assertThat(show(id).resolution()).isEqualTo("COMMIT: booked the ten by hand");
        assertThatThrownBy(() -> bank.dtx().transactions().resolve(id, TransactionStatus.COMPENSATED, "again"))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-8002")
                .hasMessageContaining("was resolved already, as COMMIT: booked the ten by hand");
    }

    @Test
    void a_branch_that_was_committed_while_the_others_were_rolled_back_is_recorded_although_nothing_was_decided() {
        step.set(call -> {
            if (call.equals("west:prepare:before")) {
                byHand("east:rollback:before", east, "COMMIT", XAException.XA_HEURCOM);
                throw new XAException(XAException.XA_RBOTHER);
            }
        });

        HeuristicOutcomeException told = catchThrowableOfType(HeuristicOutcomeException.class, () -> bank.transfer(10));

        assertThat(told).hasMessageStartingWith("DTX-3548");
        assertThat(Bank.balance(east)).isEqualTo(990);
        assertThat(Bank.balance(west)).isEqualTo(1000);
        assertThat(events).containsSubsequence("RECORD_HEURISTIC", "east:forget:before");
        TransactionHistory history = show(told.transactionId());
        assertThat(history.status()).isEqualTo(TransactionStatus.HEURISTIC_MIXED);
        assertThat(history.decision()).startsWith("ABORT");
        assertThat(history.steps().get(0).status()).isEqualTo(StepStatus.FINISHED);
    }

    @Test
    void a_resource_manager_that_did_by_itself_what_was_decided_is_no_news() throws Exception {
        byHand("west:commit:before", west, "COMMIT", XAException.XA_HEURCOM);

        bank.transfer(10);

        assertThat(events).doesNotContain("RECORD_HEURISTIC");
        assertThat(Bank.balance(west)).isEqualTo(1010);
    }

    @Test
    void a_session_that_was_fenced_cannot_record_it_so_it_is_not_forgotten() {
        step.set(call -> {
            if (call.equals("west:commit:before")) {
                bank.fence();
                endPrepared(west, "ROLLBACK");
                throw new XAException(XAException.XA_HEURRB);
            } else if (call.endsWith(":forget:before")) {
                events.add(call);
            }
        });

        assertThatThrownBy(() -> bank.transfer(10)).isInstanceOf(HeuristicOutcomeException.class);

        assertThat(events).doesNotContain("west:forget:before");
    }

    private TransactionStatus outcome(TransactionId id) {
        return bank.dtx().transactions().outcome(id).orElseThrow();
    }

    private TransactionHistory show(TransactionId id) {
        return bank.dtx().transactions().show(id).orElseThrow();
    }
}
