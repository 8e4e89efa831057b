package io.dtx.runtime.participant.guard;

import static io.dtx.runtime.participant.guard.GuardRig.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.runtime.participant.ForwardResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What business code may and may not do with the connection of a step. */
abstract class StepConnectionContract {

    private static final List<String> ENDING = List.of(
            "CREATE TABLE t (n int)",
            "  -- a remark\n alter table effect add x int",
            "/* x */ DROP TABLE effect",
            "truncate table effect",
            "COMMIT",
            "rollback",
            "ROLLBACK WORK",
            "BEGIN",
            "start transaction",
            "SET autocommit = 1",
            "PREPARE TRANSACTION 'x'",
            "INSERT INTO effect VALUES (1, 'D'); COMMIT",
            "INSERT INTO effect VALUES (1, ';'); drop table effect",
            "/*! COMMIT */",
            "LOCK TABLES effect WRITE");

    private GuardRig rig;

    abstract GuardRig start();

    /** Returns SQL that runs for minutes unless it is cancelled. */
    abstract String endless();

    @BeforeEach
    void startResource() {
        rig = start();
    }

    @AfterEach
    void closeResource() {
        if (rig != null) { // the database is not there, and the test is skipped
            rig.resource.close();
        }
    }

    private interface Code {
        void run(Connection connection) throws Exception;
    }

    private ForwardResult step(Code code) {
        return rig.resource.forward(
                rig.call(1, OWNER),
                () -> {
                    code.run(rig.resource.dataSource().getConnection());
                    return null;
                },
                () -> {});
    }

    private void committed(Code code) {
        ForwardResult result = step(code);
        if (result.kind() != ForwardResult.Kind.COMMITTED) {
            throw new AssertionError(result.kind().toString(), result.failure());
        }
    }

    private static void refused(String code, Executable executable) {
        String message = assertThrows(SQLException.class, executable).getMessage();
        assertTrue(message.startsWith(code), message);
    }

    @Test
    void it_is_always_the_same_one_and_close_does_nothing() {
        committed(connection -> {
            connection.close();
            assertSame(connection, rig.resource.dataSource().getConnection());
            assertFalse(connection.isClosed());
            assertFalse(connection.getAutoCommit());
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                assertSame(connection, statement.getConnection());
                assertSame(connection, connection.getMetaData().getConnection());
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM effect")) {
                    assertSame(statement, rows.getStatement());
                    assertTrue(rows.next());
                }
            }
        });
    }

    @Test
    void its_transaction_does_not_end_by_business_code() {
        committed(connection -> {
            rig.write(1, 'D');
            refused("DTX-3011", connection::commit);
            refused("DTX-3011", connection::rollback);
            refused("DTX-3011", () -> connection.setAutoCommit(true));
            refused("DTX-3011", () -> connection.abort(Runnable::run));
            refused("DTX-3011", () -> connection.setReadOnly(true));
            refused("DTX-3011", () -> connection.unwrap(rig.database.connect().getClass()));
            assertFalse(connection.isWrapperFor(rig.database.connect().getClass()));
            assertSame(connection, connection.unwrap(Connection.class));
        });
        assertEquals(1, rig.effects(1, 'D'));
    }

    @Test
    void recognisable_ddl_and_transaction_control_are_refused_before_they_run() {
        committed(connection -> {
            for (String sql : ENDING) {
                try (Statement statement = connection.createStatement()) {
                    refused("DTX-3011", () -> statement.execute(sql));
                    refused("DTX-3011", () -> statement.executeUpdate(sql, Statement.NO_GENERATED_KEYS));
                    refused("DTX-3011", () -> statement.addBatch(sql));
                }
                refused("DTX-3011", () -> connection.prepareStatement(sql));
                refused("DTX-3011", () -> connection.prepareCall(sql));
            }
        });
        assertEquals(0, rig.effects(1, 'D'));
    }

    @Test
    void words_in_literals_are_not_mistaken_for_statements() {
        committed(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(
                        "INSERT INTO effect /* ; commit */ SELECT 1, 'D' WHERE '; COMMIT' <> 'x''; drop'");
            }
        });
        assertEquals(1, rig.effects(1, 'D'));
    }

    @Test
    void savepoints_work() {
        committed(connection -> {
            rig.write(1, 'D');
            Savepoint savepoint = connection.setSavepoint();
            rig.write(2, 'D');
            connection.rollback(savepoint);
            Savepoint kept = connection.setSavepoint("kept");
            rig.write(3, 'D');
            connection.releaseSavepoint(kept);
        });
        assertEquals(1, rig.effects(1, 'D'));
        assertEquals(0, rig.effects(2, 'D'));
        assertEquals(1, rig.effects(3, 'D'));
    }

    @Test
    void after_the_step_it_refuses_work() {
        AtomicReference<Connection> kept = new AtomicReference<>();
        AtomicReference<PreparedStatement> statement = new AtomicReference<>();
        committed(connection -> {
            kept.set(connection);
            statement.set(connection.prepareStatement("INSERT INTO effect VALUES (1, 'D')"));
        });
        refused("DTX-3013", () -> kept.get().createStatement());
        refused("DTX-3013", () -> statement.get().executeUpdate());
        assertEquals(0, rig.effects(1, 'D'));
    }

    @Test
    void what_a_step_sets_on_it_ends_with_the_step() throws SQLException {
        committed(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
        try (Connection connection = rig.resource.dataSource().getConnection()) {
            assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
            assertTrue(connection.getAutoCommit());
        }
    }

    @Test
    void another_resource_than_the_steps_own_is_refused_before_any_sql() {
        GuardRig other = start();
        committed(connection -> refused(
                "DTX-3010 step StockService.reserve (1.1)",
                () -> other.resource.dataSource().getConnection()));
        other.resource.close();
    }

    @Test
    void outside_of_steps_connections_pass_through() throws SQLException {
        try (Connection connection = rig.resource.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.rollback();
            assertNotNull(connection.unwrap(rig.database.connect().getClass()));
        }
    }

    @Test
    void a_standalone_call_commits_or_rolls_back() throws Throwable {
        rig.resource.plain(Duration.ofSeconds(5), () -> rig.write(1, 'D'));
        IllegalStateException failure = new IllegalStateException("no");
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> rig.resource.plain(Duration.ofSeconds(5), () -> {
                            rig.write(2, 'D');
                            throw failure;
                        })));
        assertEquals(1, rig.effects(1, 'D'));
        assertEquals(0, rig.effects(2, 'D') + rig.guardRows());
    }

    @Test
    void a_statement_is_cancelled_when_the_step_is_out_of_time() {
        long begin = System.nanoTime();
        ForwardResult result = rig.resource.forward(
                rig.call(1, OWNER, 300),
                () -> {
                    rig.write(1, 'D');
                    try (Statement statement =
                            rig.resource.dataSource().getConnection().createStatement()) {
                        statement.execute(endless());
                    }
                    return null;
                },
                () -> {});
        assertEquals(ForwardResult.Kind.NO_EFFECT, result.kind());
        assertInstanceOf(SQLException.class, result.failure());
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertEquals(0, rig.effects(1, 'D'));
    }

    @Test
    void a_step_that_swallows_its_timeout_is_rolled_back() {
        ForwardResult result = rig.resource.forward(
                rig.call(1, OWNER, 300),
                () -> {
                    rig.write(1, 'D');
                    awaitRefusal(rig.resource.dataSource().getConnection());
                    return null;
                },
                () -> {});
        assertEquals(ForwardResult.Kind.NO_EFFECT, result.kind());
        assertThat(result.failure()).hasMessageContaining("DTX-3014");
        assertEquals(0, rig.effects(1, 'D'));
    }

    private static void awaitRefusal(Connection connection) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < giveUp) {
            try (Statement statement = connection.createStatement()) {
                LockSupport.parkNanos(statement, 1_000_000);
            } catch (SQLException refused) {
                return;
            }
        }
        throw new AssertionError("the connection still works");
    }
}
