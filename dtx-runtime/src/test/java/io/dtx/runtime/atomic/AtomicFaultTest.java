package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.OutcomeUnknownException;
import io.dtx.Propagation;
import io.dtx.TransactionAbortedException;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resource managers and the log answer badly, or not at all: the caller is told what is so, and both databases agree. */
class AtomicFaultTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private final ChangingStep step = new ChangingStep();
    private Bank bank;

    @BeforeEach
    void open() {
        bank = bank();
    }

    private Bank bank() {
        return Bank.watched(directory, Map.of(), east, west, step).start();
    }

    @AfterEach
    void close() {
        step.clear();
        bank.close();
        assertThat(bank.inDoubt()).isZero();
        assertThat(Bank.balance(east) + Bank.balance(west)).isEqualTo(2 * Bank.START_BALANCE);
    }

    @ParameterizedTest
    @CsvSource({
        "east:commit:before, -7", // XAER_RMFAIL
        "west:commit:before, -7",
        "east:commit:after, -7",
        "east:commit:before, -3", // XAER_RMERR
        "east:commit:before, -4", // XAER_NOTA
        "west:commit:after, -6", // XAER_PROTO
        "east:commit:after, 100", // XA_RBROLLBACK
        "west:commit:before, -5" // XAER_INVAL
    })
    void once_the_decision_is_durable_the_commit_has_succeeded_whatever_a_resource_answers(String point, int code)
            throws Exception {
        step.failAt(point, code);

        bank.transfer(10);

        bank.awaitNothingInDoubt();
        assertThat(Bank.balance(east)).isEqualTo(990);
        assertThat(Bank.balance(west)).isEqualTo(1010);
    }

    @ParameterizedTest
    @CsvSource({
        "east:prepare:before, 104", // XA_RBINTEGRITY
        "west:prepare:before, -3",
        "west:prepare:after, -7",
        "east:prepare:after, -3"
    })
    void a_refused_prepare_rolls_everything_back(String point, int code) {
        step.failAt(point, code);

        assertThatThrownBy(() -> bank.transfer(10)).isInstanceOf(TransactionAbortedException.class);

        bank.awaitNothingInDoubt();
        assertThat(Bank.balance(east)).isEqualTo(1000);
        assertThat(bank.log().appends()).doesNotContain("RECORD_DECISION");
    }

    @ParameterizedTest
    @ValueSource(ints = {XAException.XAER_RMFAIL, XAException.XAER_RMERR})
    void a_branch_that_does_not_answer_to_its_roll_back_is_rolled_back_later_and_no_decision_is_written(int code) {
        step.set(call -> {
            if (call.equals("west:prepare:after")) {
                step.failAt("east:rollback:before", code);
                throw new XAException(XAException.XA_RBOTHER);
            }
        });

        assertThatThrownBy(() -> bank.transfer(10)).isInstanceOf(TransactionAbortedException.class);

        bank.awaitNothingInDoubt();
        assertThat(Bank.balance(east)).isEqualTo(1000);
        assertThat(bank.log().appends()).doesNotContain("RECORD_DECISION");
    }

    @Test
    void the_guard_row_tells_that_a_commit_in_one_phase_took_effect_whose_answer_was_lost() throws Exception {
        step.failAt("east:onePhase:after", XAException.XAER_RMFAIL);

        addInOnePhase(0);

        assertThat(bank.log().appends()).doesNotContain("RECORD_DECISION");
    }

    @Test
    void a_commit_in_one_phase_that_never_arrived_is_a_roll_back() {
        step.failAt("east:onePhase:before", XAException.XAER_RMFAIL);

        assertThatThrownBy(() -> addInOnePhase(1)).isInstanceOf(TransactionAbortedException.class);
        assertThat(east.number("SELECT count(*) FROM dtx_guard WHERE kind = 'T'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void nobody_is_told_a_failure_when_the_database_does_not_say_how_a_commit_in_one_phase_ended(String when) {
        step.set(call -> {
            if (call.equals("east:onePhase:" + when)) {
                step.set(AtomicFaultTest::refuseToConnect);
                throw new XAException(XAException.XAER_RMFAIL);
            }
        });

        assertThatThrownBy(() -> addInOnePhase(0))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageStartingWith("DTX-3542");
    }

    private static void refuseToConnect(String call) throws SQLException {
        if (call.endsWith(":connect")) {
            throw new SQLException("nobody answers", "08001");
        }
    }

    private void addInOnePhase(long amount) throws Exception {
        bank.atomically(() -> {
            Bank.add(bank.east(), amount);
            return null;
        });
    }

    @Test
    void a_deferred_constraint_that_fails_at_the_commit_in_one_phase_is_a_roll_back_and_no_unknown() {
        east.execute("CREATE TABLE once (id INT UNIQUE DEFERRABLE INITIALLY DEFERRED)", "INSERT INTO once VALUES (1)");

        assertThatThrownBy(() -> bank.atomically(() -> {
                    execute(bank, "INSERT INTO once VALUES (1)");
                    return null;
                }))
                .isInstanceOf(TransactionAbortedException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_failed_statement_that_was_caught_does_not_let_the_rest_commit(boolean alone) {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    try {
                        execute(bank, "SELECT no_such_column");
                    } catch (SQLException e) {
                        assertThat(e.getSQLState()).isEqualTo("42703");
                    }
                    if (!alone) {
                        Bank.add(bank.west(), 0);
                    }
                    return null;
                }))
                .isInstanceOf(TransactionAbortedException.class);
        bank.awaitNothingInDoubt();
    }

    @Test
    void a_failed_statement_that_was_taken_back_to_a_savepoint_harms_nothing() throws Exception {
        bank.atomically(() -> {
            try (Connection connection = bank.east().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE account SET balance = balance - 1");
                statement.execute("SAVEPOINT before"); // the driver's own savepoints are not for XA
                assertThatThrownBy(() -> statement.execute("SELECT no_such_column"))
                        .isInstanceOf(SQLException.class);
                statement.execute("ROLLBACK TO before");
            }
            Bank.add(bank.west(), 1);
            return null;
        });
        assertThat(Bank.balance(east)).isEqualTo(999);
    }

    @Test
    void a_second_branch_that_only_reads_still_gets_its_decision() throws Exception {
        bank.log().appends().clear();
        bank.atomically(() -> {
            Bank.add(bank.east(), 0);
            try (Connection connection = bank.west().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(rows.next()).isTrue();
            }
            return null;
        });
        assertThat(bank.log().appends().get(0)).isEqualTo("RECORD_DECISION");
    }

    @Test
    void a_log_that_is_slower_than_the_timeout_does_not_change_the_decision() throws Exception {
        bank.log().before(commands -> {
            if (commands.contains("RECORD_DECISION")) {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500); // the reaper has come by
                Bank.await(() -> System.nanoTime() - end > 0);
            }
        });

        bank.call(Bank.atomic(Propagation.REQUIRED, 1_000), () -> {
            Bank.add(bank.east(), -10);
            Bank.add(bank.west(), 10);
            return null;
        });

        bank.awaitNothingInDoubt();
        assertThat(Bank.balance(east)).isEqualTo(990);
        assertThat(Bank.balance(west)).isEqualTo(1010);
    }

    @Test
    void a_fenced_session_cannot_decide_and_the_next_one_can() throws Exception {
        bank.transfer(1);
        bank.log().before(commands -> {
            if (commands.contains("RECORD_DECISION")) {
                bank.log().before(other -> {});
                bank.fence();
            }
        });

        assertThatThrownBy(() -> bank.transfer(10)).isInstanceOf(TransactionAbortedException.class);
        bank.awaitNothingInDoubt();
        bank.transfer(2);

        assertThat(Bank.balance(east)).isEqualTo(997);
    }

    @Test
    void a_session_that_is_fenced_between_its_branches_has_committed() throws Exception {
        bank.transfer(1);
        step.set(call -> {
            if (call.equals("west:commit:before")) {
                step.clear();
                bank.fence();
            }
        });

        bank.transfer(10);
        bank.awaitNothingInDoubt();

        assertThat(Bank.balance(west)).isEqualTo(1011);
    }

    @ParameterizedTest
    @CsvSource({"before, 1000", "after, 990"})
    void when_the_log_stops_in_mid_decision_nobody_is_told_an_outcome_and_the_next_start_decides(
            String when, long inEast) {
        WatchedLog.Step stop = commands -> {
            if (commands.contains("RECORD_DECISION")) {
                throw new IllegalStateException("the disk is gone");
            }
        };
        if (when.equals("before")) {
            bank.log().before(stop);
        } else {
            bank.log().after(stop);
        }

        assertThatThrownBy(() -> bank.transfer(10))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageStartingWith("DTX-3542");
        assertThat(bank.inDoubt()).isEqualTo(2);

        bank.close();
        bank = bank();
        bank.awaitNothingInDoubt();
        assertThat(Bank.balance(east)).isEqualTo(inEast);
    }

    private static void execute(Bank bank, String sql) throws SQLException {
        try (Connection connection = bank.east().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
