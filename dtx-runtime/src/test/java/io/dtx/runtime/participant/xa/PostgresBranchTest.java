package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.Uid;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.xa.PGXADataSource;

/**
 * The driver is the oracle: whatever is done to a branch of our own has the effects that it has on the driver's, and what that
 * refuses is refused. With which code a call is refused that comes in a wrong order, may differ.
 */
class PostgresBranchTest {

    private static final int RANDOM_SCRIPTS = 150;
    private static final int RANDOM_LENGTH = 6;
    private static final long SEED = 7;

    private final TestDatabase database = PostgresFixture.freshDatabase();
    private final Xid xid = new NamedXid(new Uid(), "node", 1);
    private final Xid other = new NamedXid(new Uid(), "node", 2);

    PostgresBranchTest() {
        database.execute(
                "CREATE TABLE effect (id INT, other INT UNIQUE DEFERRABLE INITIALLY DEFERRED)",
                "INSERT INTO effect VALUES (0, 0)");
    }

    /** Whose branch it is. */
    enum Whose {
        OURS,
        DRIVERS
    }

    /** What can be done to a connection and its branch. */
    enum Call {
        START,
        START_OTHER,
        JOIN,
        JOIN_OTHER,
        RESUME,
        START_WITH_NONSENSE,
        END,
        END_FAILED,
        END_OTHER,
        SUSPEND,
        END_WITH_NONSENSE,
        INSERT,
        PREPARE,
        PREPARE_OTHER,
        COMMIT,
        COMMIT_ONE_PHASE,
        COMMIT_ONE_PHASE_OTHER,
        ROLL_BACK,
        RECOVER,
        FORGET
    }

    @Test
    void every_call_after_every_beginning_does_what_it_does_to_the_drivers() throws Exception {
        List<List<Call>> beginnings = List.of(
                List.of(),
                List.of(Call.START),
                List.of(Call.START, Call.INSERT),
                List.of(Call.START, Call.INSERT, Call.END),
                List.of(Call.START, Call.INSERT, Call.END, Call.JOIN, Call.INSERT),
                List.of(Call.START, Call.INSERT, Call.END, Call.PREPARE),
                List.of(Call.START, Call.INSERT, Call.END, Call.PREPARE, Call.START_OTHER),
                List.of(Call.START, Call.INSERT, Call.END, Call.PREPARE, Call.COMMIT),
                List.of(Call.START, Call.INSERT, Call.END, Call.COMMIT_ONE_PHASE),
                List.of(Call.START, Call.INSERT, Call.ROLL_BACK));
        for (List<Call> beginning : beginnings) {
            for (Call call : Call.values()) {
                compare(Stream.concat(beginning.stream(), Stream.of(call)).toList());
            }
        }
    }

    @Test
    void longer_scripts_do_what_they_do_to_the_drivers() throws Exception {
        Random random = new Random(SEED);
        for (int script = 0; script < RANDOM_SCRIPTS; script++) {
            List<Call> calls = new ArrayList<>(List.of(Call.START));
            while (calls.size() < RANDOM_LENGTH) {
                calls.add(Call.values()[random.nextInt(Call.values().length)]);
            }
            compare(calls);
        }
    }

    private void compare(List<Call> calls) throws Exception {
        assertThat(play(calls, Whose.OURS)).as("%s", calls).isEqualTo(play(calls, Whose.DRIVERS));
    }

    /** Returns what was answered, and what is left: effects, and prepared branches. */
    private List<String> play(List<Call> calls, Whose whose) throws Exception {
        List<String> answers = new ArrayList<>();
        XAConnection connection = connect(whose);
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            for (Call each : calls) {
                answers.add(each + ": " + answer(each, connection.getXAResource(), statement));
            }
        } finally {
            connection.close();
        }
        answers.add(effects() + " effects, " + prepared() + " prepared");
        XAConnection tidy = connect(Whose.DRIVERS);
        for (Xid each : InDoubt.list(tidy.getXAResource())) {
            tidy.getXAResource().rollback(each);
        }
        tidy.close();
        database.execute("DELETE FROM effect WHERE id > 0");
        return answers;
    }

    private String answer(Call call, XAResource branch, Statement statement) {
        try {
            switch (call) {
                case START -> branch.start(xid, XAResource.TMNOFLAGS);
                case START_OTHER -> branch.start(other, XAResource.TMNOFLAGS);
                case JOIN -> branch.start(xid, XAResource.TMJOIN);
                case JOIN_OTHER -> branch.start(other, XAResource.TMJOIN);
                case RESUME -> branch.start(xid, XAResource.TMRESUME);
                case START_WITH_NONSENSE -> branch.start(xid, XAResource.TMSUCCESS);
                case END -> branch.end(xid, XAResource.TMSUCCESS);
                case END_FAILED -> branch.end(xid, XAResource.TMFAIL);
                case END_OTHER -> branch.end(other, XAResource.TMSUCCESS);
                case SUSPEND -> branch.end(xid, XAResource.TMSUSPEND);
                case END_WITH_NONSENSE -> branch.end(xid, XAResource.TMJOIN);
                case INSERT -> statement.executeUpdate("INSERT INTO effect VALUES (1)");
                case PREPARE -> {
                    return "vote " + branch.prepare(xid);
                }
                case PREPARE_OTHER -> {
                    return "vote " + branch.prepare(other);
                }
                case COMMIT -> branch.commit(xid, false);
                case COMMIT_ONE_PHASE -> branch.commit(xid, true);
                case COMMIT_ONE_PHASE_OTHER -> branch.commit(other, true);
                case ROLL_BACK -> branch.rollback(xid);
                case RECOVER -> {
                    return InDoubt.list(branch).size() + " listed";
                }
                case FORGET -> branch.forget(xid);
            }
            return "done";
        } catch (XAException e) {
            return e.errorCode == XAException.XA_RBINTEGRITY ? "rolled back" : "refused";
        } catch (SQLException e) {
            return "SQL " + e.getSQLState();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_one_has_prepared_the_other_lists_and_commits(Whose whose) throws Exception {
        XAConnection gone = connect(whose);
        insert(gone, 1);
        assertThat(gone.getXAResource().prepare(xid)).isEqualTo(XAResource.XA_OK);
        gone.close();
        assertThat(effects()).isZero();

        XAConnection survivor = connect(whose == Whose.OURS ? Whose.DRIVERS : Whose.OURS);
        assertThat(InDoubt.list(survivor.getXAResource())).hasSize(1).allMatch(each -> BranchName.same(each, xid));
        survivor.getXAResource().commit(xid, false);
        survivor.close();

        assertThat(effects()).isEqualTo(1);
        assertThat(prepared()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_branch_waits_for_the_server_once_less_than_one_of_the_driver(Whose whose) throws Exception {
        PGXADataSource source = source();
        source.setSocketFactory(FlightsSocketFactory.class.getName());
        XAConnection connection = of(source.getXAConnection(), whose);
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            int before = FlightsSocketFactory.FLIGHTS.get();
            connection.getXAResource().start(xid, XAResource.TMNOFLAGS);
            statement.executeUpdate("INSERT INTO effect VALUES (1)");
            connection.getXAResource().end(xid, XAResource.TMSUCCESS);
            connection.getXAResource().prepare(xid);
            connection.getXAResource().commit(xid, false);

            assertThat(FlightsSocketFactory.FLIGHTS.get() - before).isEqualTo(whose == Whose.OURS ? 3 : 4);
        } finally {
            connection.close();
        }
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void a_connection_commits_by_itself_again_after_every_end_of_a_branch() throws Exception {
        XAConnection connection = connect(Whose.OURS);
        try (Connection handle = connection.getConnection()) {
            XAResource branch = connection.getXAResource();
            for (Call end : List.of(Call.PREPARE, Call.COMMIT_ONE_PHASE, Call.ROLL_BACK)) {
                branch.start(xid, XAResource.TMNOFLAGS);
                assertThat(handle.getAutoCommit()).isFalse();
                branch.end(xid, XAResource.TMSUCCESS);
                try (Statement statement = handle.createStatement()) {
                    assertThat(answer(end, branch, statement)).isNotEqualTo("refused");
                }
                assertThat(handle.getAutoCommit()).as("after %s", end).isTrue();
            }
            branch.rollback(xid); // what was prepared
        } finally {
            connection.close();
        }
        assertThat(prepared()).isZero();
    }

    /** The driver prepares a branch of a read-only connection and votes read-only, so that nobody would ever end it. */
    @Test
    void a_branch_of_a_read_only_connection_is_ended_by_whoever_asked_it_to_prepare() throws Exception {
        XAConnection connection = connect(Whose.OURS);
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            handle.setReadOnly(true);
            XAResource branch = connection.getXAResource();
            branch.start(xid, XAResource.TMNOFLAGS);
            statement.executeQuery("SELECT count(*) FROM effect").close();
            branch.end(xid, XAResource.TMSUCCESS);
            assertThat(branch.prepare(xid)).isEqualTo(XAResource.XA_OK);
            assertThat(prepared()).isEqualTo(1);
            branch.commit(xid, false);
        } finally {
            connection.close();
        }
        assertThat(prepared()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_constraint_that_is_checked_at_the_end_refuses_both_kinds_of_commit(Whose whose) throws Exception {
        for (Call end : List.of(Call.PREPARE, Call.COMMIT_ONE_PHASE)) {
            XAConnection connection = connect(whose);
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                connection.getXAResource().start(xid, XAResource.TMNOFLAGS);
                statement.executeUpdate("INSERT INTO effect VALUES (1, 0)");
                connection.getXAResource().end(xid, XAResource.TMSUCCESS);
                assertThat(answer(end, connection.getXAResource(), statement)).isEqualTo("rolled back");
                connection.getXAResource().rollback(xid);
            } finally {
                connection.close();
            }
        }
        assertThat(effects()).isZero();
        assertThat(prepared()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {"PREPARE", "COMMIT", "COMMIT_ONE_PHASE", "ROLL_BACK"})
    void a_broken_connection_leaves_open_how_the_branch_has_ended(Call call) throws Exception {
        XAConnection connection = connect(Whose.OURS);
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            insert(connection, handle, 1);
            if (call == Call.COMMIT) {
                connection.getXAResource().prepare(xid);
            }
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

            assertThatThrownBy(() -> {
                        switch (call) {
                            case PREPARE -> connection.getXAResource().prepare(xid);
                            case ROLL_BACK -> connection.getXAResource().rollback(xid);
                            case COMMIT_ONE_PHASE -> connection.getXAResource().commit(xid, true);
                            default -> InDoubt.commit(connection.getXAResource(), xid);
                        }
                    })
                    .isInstanceOfSatisfying(
                            XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XAER_RMFAIL));
        } finally {
            connection.close();
        }
        assertThat(prepared()).isEqualTo(call == Call.COMMIT ? 1 : 0);
        assertThat(effects()).isZero();
    }

    @Test
    void no_other_handle_is_given_while_a_branch_is_open() throws Exception {
        XAConnection connection = connect(Whose.OURS);
        insert(connection, 1);
        assertThatThrownBy(connection::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("DTX-3550");
        connection.getXAResource().commit(xid, true);
        connection.getConnection().close();
        connection.close();
        assertThat(effects()).isEqualTo(1);
    }

    /** Nobody rolls a branch back that has voted for it, so the pool may get its connection back while it is open. */
    @ParameterizedTest
    @EnumSource
    void a_branch_that_nobody_ends_is_not_committed_by_whoever_takes_its_connection_back(Whose whose) throws Exception {
        XAConnection connection = connect(whose);
        Connection handle = connection.getConnection();
        insert(connection, handle, 1);
        assertThatThrownBy(() -> handle.setAutoCommit(true)).isInstanceOf(SQLException.class);
        assertThatThrownBy(handle::commit).isInstanceOf(SQLException.class);
        assertThatThrownBy(handle::rollback).isInstanceOf(SQLException.class);
        connection.close();
        assertThat(effects()).isZero();
    }

    @Test
    void other_connections_stay_as_they_are() throws Exception {
        PostgresConnection ours = (PostgresConnection) connect(Whose.OURS);
        assertThat(PostgresConnection.of(ours)).isSameAs(ours);
        assertThat(ours.branch().isSameRM(ours.driver().getXAResource())).isFalse();
        ours.close();
    }

    private void insert(XAConnection connection, int id) throws Exception {
        insert(connection, connection.getConnection(), id);
    }

    private void insert(XAConnection connection, Connection handle, int id) throws Exception {
        connection.getXAResource().start(xid, XAResource.TMNOFLAGS);
        try (Statement statement = handle.createStatement()) {
            statement.executeUpdate("INSERT INTO effect VALUES (" + id + ")");
        }
        connection.getXAResource().end(xid, XAResource.TMSUCCESS);
    }

    private XAConnection connect(Whose whose) throws SQLException {
        return of(source().getXAConnection(), whose);
    }

    private static XAConnection of(XAConnection connection, Whose whose) throws SQLException {
        return whose == Whose.OURS ? PostgresConnection.of(connection) : connection;
    }

    private PGXADataSource source() {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }

    private long effects() {
        return database.number("SELECT count(*) FROM effect WHERE id > 0");
    }

    private long prepared() {
        return database.number("SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()");
    }
}
