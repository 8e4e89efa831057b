package io.dtx.runtime.participant.guard;

import static io.dtx.runtime.participant.guard.GuardRig.CLAIMER;
import static io.dtx.runtime.participant.guard.GuardRig.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.guard.FaultyDataSource.Fault;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that stopped in the middle of a transaction, and holds what a settler needs. */
class BlockerTest {

    /** Stops the thread of the next step between its guard row and its commit. */
    private static final class StoppedBeforeCommit implements Fault {

        final AtomicBoolean armed = new AtomicBoolean();
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void before(Method method, String sql) {
            if (method.getName().equals("commit") && armed.compareAndSet(true, false)) {
                reached.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static Connection namedAsTheOwners(GuardRig rig) throws SQLException {
        Connection connection = rig.database.connect();
        connection.setClientInfo(
                "ApplicationName", SessionTag.of(rig.cluster, OWNER).appendTo("shop"));
        connection.setAutoCommit(false);
        return connection;
    }

    @Test
    @Tag("server")
    void postgres_ends_a_transaction_of_the_ended_session_that_holds_the_guard_row() throws SQLException {
        TestDatabase database = PostgresFixture.freshDatabase();
        GuardRig rig = new GuardRig(database, database.unpooled());
        Connection zombie = namedAsTheOwners(rig);
        try (Statement statement = zombie.createStatement()) {
            statement.execute(
                    "INSERT INTO dtx_guard VALUES ('" + rig.call(1, OWNER).transaction() + "', "
                            + rig.call(1, OWNER).step() + ", 'D', 'E', 1, null, now())");
        }
        assertFalse(rig.resource.settle(rig.call(1, CLAIMER), OWNER).tookEffect());
        assertThrows(SQLException.class, zombie::commit);
        rig.resource.close();
    }

    @Test
    @Tag("server")
    void postgres_ends_a_transaction_that_keeps_its_session_from_being_fenced() throws SQLException {
        TestDatabase database = PostgresFixture.freshDatabase();
        GuardRig rig = new GuardRig(database, database.unpooled());
        Connection zombie = namedAsTheOwners(rig);
        try (Statement statement = zombie.createStatement()) {
            statement.execute("SELECT * FROM dtx_session WHERE session = " + OWNER + " FOR SHARE");
        }
        rig.resource.fence(OWNER);
        assertThrows(SQLException.class, zombie::commit);
        assertEquals(ForwardResult.Kind.FENCED, rig.forward(1).kind());
        rig.resource.close();
    }

    @Test
    @Tag("server")
    void postgres_ends_the_transactions_of_a_former_log_whose_sessions_an_operator_has_fenced() throws SQLException {
        TestDatabase database = PostgresFixture.freshDatabase();
        GuardRig rig = new GuardRig(database, database.unpooled());
        JdbcResource restored = rig.restored();
        Connection zombie = namedAsTheOwners(rig);
        try (Statement statement = zombie.createStatement()) {
            statement.execute("INSERT INTO effect VALUES (1, 'D')");
        }
        database.execute("UPDATE dtx_session SET state = 'F' WHERE cluster = " + rig.cluster);
        restored.fenceLog(rig.cluster);
        assertThrows(SQLException.class, zombie::commit);
        restored.close();
        rig.resource.close();
    }

    @Test
    @Tag("server")
    void postgres_connections_carry_their_sessions_name() throws SQLException {
        TestDatabase database = PostgresFixture.freshDatabase();
        GuardRig rig = new GuardRig(database, database.unpooled());
        rig.resource.forward(
                rig.call(1, OWNER),
                () -> {
                    long named = database.number("SELECT count(*) FROM pg_stat_activity WHERE application_name = "
                            + "'PostgreSQL JDBC Driver "
                            + SessionTag.of(rig.cluster, OWNER).text() + "'");
                    assertEquals(1, named);
                    return null;
                },
                () -> {});
        rig.resource.close();
    }

    @Test
    @Tag("server")
    void mariadb_ends_the_connection_that_holds_the_guard_row() throws Exception {
        TestDatabase database = MariaDbFixture.freshDatabase();
        StoppedBeforeCommit fault = new StoppedBeforeCommit();
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), fault));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        fault.armed.set(true);
        Future<ForwardResult> zombie = thread.submit(() -> rig.forward(1));
        fault.reached.await();
        assertFalse(rig.resource.settle(rig.call(1, CLAIMER), OWNER).tookEffect());
        fault.goOn.countDown();
        assertThat(zombie.get().kind()).isNotEqualTo(ForwardResult.Kind.COMMITTED);
        assertEquals(0, rig.effects(1, 'D'));
        thread.shutdown();
        rig.resource.close();
    }

    @Test
    void h2_names_the_session_that_stands_in_the_way() throws Exception {
        TestDatabase database = H2Fixture.freshDatabase();
        StoppedBeforeCommit fault = new StoppedBeforeCommit();
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), fault));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        fault.armed.set(true);
        Future<ForwardResult> slow = thread.submit(() -> rig.forward(1));
        fault.reached.await();
        ResourceUnavailableException blocked = assertThrows(
                ResourceUnavailableException.class, () -> rig.resource.settle(rig.call(1, CLAIMER, 400), OWNER));
        assertThat(blocked)
                .hasMessageStartingWith("DTX-3017")
                .hasMessageContaining(SessionTag.of(rig.cluster, OWNER).text());
        fault.goOn.countDown();
        assertEquals(ForwardResult.Kind.COMMITTED, slow.get().kind());
        assertTrue(rig.resource.settle(rig.call(1, CLAIMER), OWNER).tookEffect());
        thread.shutdown();
        rig.resource.close();
    }
}
