package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.TransactionAbortedException;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What works with one database only leaves nothing in the log: the row that it writes last keeps a session that others have
 * ended from committing.
 */
class OnePhaseTest {

    private static final String FENCE = "UPDATE dtx_session SET state = 'F'";
    private static final String ROWS = "SELECT count(*) FROM dtx_guard WHERE step_number = 0";

    /** The product, or one whose row is written without asking for the session. */
    enum Guard {
        ASKS,
        DOES_NOT_ASK
    }

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private final ChangingStep step = new ChangingStep();
    private Bank bank;

    private void start(Guard guard) {
        var eastern = guard == Guard.ASKS ? Bank.xa(east) : WatchedXa.unguarded(Bank.xa(east));
        bank = new Bank(
                        directory,
                        Map.of("dtx.xa.recovery.interval", "1h"),
                        east,
                        west,
                        WatchedXa.watch("east", eastern, step),
                        Bank.xa(west))
                .start();
        bank.log().appends().clear();
    }

    @AfterEach
    void close() {
        if (bank != null) {
            bank.close();
        }
    }

    @Test
    void what_writes_to_one_database_leaves_a_row_there_and_nothing_in_the_log() throws Exception {
        start(Guard.ASKS);

        addInEast(5);

        assertThat(east.number(ROWS)).isEqualTo(1);
        assertThat(bank.log().appends()).isEmpty();
    }

    @Test
    void what_only_reads_or_works_with_two_or_rolls_back_leaves_none() throws Exception {
        start(Guard.ASKS);

        bank.atomically(() -> {
            try (Connection connection = bank.east().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT balance FROM account")) {
                return rows.next();
            }
        });
        bank.transfer(1);
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), 1);
                    throw new IllegalArgumentException("called off");
                }))
                .hasMessage("called off");

        assertThat(east.number(ROWS) + west.number(ROWS)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_session_that_was_ended_commits_nothing_in_one_phase(Guard guard) {
        start(guard);

        ThrowingWork work = () -> bank.atomically(() -> {
            Bank.add(bank.east(), 5);
            east.execute(FENCE);
            return null;
        });

        if (guard == Guard.ASKS) {
            assertThatThrownBy(work::run)
                    .isInstanceOf(TransactionAbortedException.class)
                    .hasStackTraceContaining("DTX-3015");
            assertThat(Bank.balance(east)).isEqualTo(1000);
        } else {
            assertThat(catching(work)).isNull();
            assertThat(Bank.balance(east))
                    .as("the violation that the row prevents")
                    .isEqualTo(1005);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_ends_a_session_between_the_row_and_the_commit(Guard guard) throws Exception {
        start(guard);
        boolean[] fenced = {false};
        step.set(call -> {
            if (call.equals("east:onePhase:before")) {
                fenced[0] = fenceWithin(200);
            }
        });

        addInEast(5);

        assertThat(fenced[0]).as("fenced while the commit was under way").isEqualTo(guard == Guard.DOES_NOT_ASK);
    }

    private boolean fenceWithin(int millis) throws SQLException {
        try (Connection connection = east.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = " + millis);
            statement.execute(FENCE);
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("55P03");
            return false;
        }
    }

    private void addInEast(long amount) throws Exception {
        bank.atomically(() -> {
            Bank.add(bank.east(), amount);
            return null;
        });
    }

    private interface ThrowingWork {
        void run() throws Exception;
    }

    private static Exception catching(ThrowingWork work) {
        try {
            work.run();
            return null;
        } catch (Exception e) {
            return e;
        }
    }
}
