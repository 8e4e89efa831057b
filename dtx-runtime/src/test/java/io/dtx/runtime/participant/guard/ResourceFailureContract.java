package io.dtx.runtime.participant.guard;

import static io.dtx.runtime.participant.guard.GuardRig.CLAIMER;
import static io.dtx.runtime.participant.guard.GuardRig.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.DtxException;
import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.guard.FaultyDataSource.Fault;
import io.dtx.runtime.testdb.TestDatabase;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every guarded resource does when the database, the network or somebody else gets in the way. */
abstract class ResourceFailureContract {

    private TestDatabase database;

    abstract TestDatabase freshDatabase();

    /** Returns the statements that make guard tables whose key, or whose idea of equal ids, is wrong. */
    abstract List<String> wrongTables();

    @BeforeEach
    void makeDatabase() {
        database = freshDatabase();
    }

    private ResourceOwner owner(boolean create) {
        return new ResourceOwner(1, "shop", "node-1", create);
    }

    @Test
    void a_database_that_is_down_at_start_is_a_clear_error() {
        JdbcResource resource = JdbcResource.of("stock", FaultyDataSource.over(database.unpooled(), new Fault() {
            @Override
            public void before(Method method, String sql) throws SQLException {
                throw new SQLNonTransientConnectionException("connection\nrefused", "08001");
            }
        }));
        ResourceUnavailableException down =
                assertThrows(ResourceUnavailableException.class, () -> resource.start(owner(true)));
        assertThat(down).hasMessageStartingWith("DTX-3001 resource \"stock\" does not answer: connection refused");
    }

    @Test
    void a_database_that_goes_down_between_steps_loses_nothing() {
        AtomicBoolean down = new AtomicBoolean();
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), new Fault() {
            @Override
            public void before(Method method, String sql) throws SQLException {
                if (down.get() && method.getName().equals("getConnection")) {
                    throw new SQLNonTransientConnectionException("connection refused", "08001");
                }
            }
        }));
        rig.forward(1);
        down.set(true);
        ForwardResult result = rig.forward(2);
        assertEquals(ForwardResult.Kind.NO_EFFECT, result.kind());
        assertInstanceOf(ResourceUnavailableException.class, result.failure());
        assertThrows(ResourceUnavailableException.class, () -> rig.resource.settle(rig.call(1, CLAIMER, 50), OWNER));
        ActionResult undone = rig.resource.compensate(rig.call(1, CLAIMER, 50), OWNER, r -> rig.write(1, 'U'));
        assertEquals(ActionResult.Kind.FAILED, undone.kind());
        assertThat(undone.failure()).hasMessageStartingWith("DTX-3017");
        down.set(false);
        assertEquals(ActionResult.Kind.COMPENSATED, rig.compensate(1).kind());
        assertEquals(ActionResult.Kind.COMPENSATED, rig.compensate(2).kind());
        assertEquals(1, rig.effects(1, 'U'));
        assertEquals(0, rig.effects(2, 'D'));
        rig.resource.close();
    }

    /** Breaks the connection of every query that begins like this, once it is armed. */
    private static final class BrokenLook implements Fault {

        final AtomicBoolean armed = new AtomicBoolean();
        private final String beginning;

        BrokenLook(String beginning) {
            this.beginning = beginning;
        }

        @Override
        public void before(Method method, String sql) throws SQLException {
            if (armed.get() && method.getName().equals("prepareStatement") && sql.startsWith(beginning)) {
                throw new SQLNonTransientConnectionException("connection reset", "08006");
            }
        }
    }

    @Test
    void a_step_whose_row_is_there_already_and_cannot_be_read_is_in_doubt() {
        BrokenLook fault = new BrokenLook("SELECT kind, result");
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), fault));
        rig.forward(1);
        fault.armed.set(true);
        ForwardResult again = rig.forward(1);
        assertEquals(ForwardResult.Kind.UNKNOWN, again.kind());
        assertThat(again.failure())
                .isInstanceOf(ResourceUnavailableException.class)
                .satisfies(
                        failure -> assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(SQLException.class));
        fault.armed.set(false);
        assertTrue(rig.resource.settle(rig.call(1, OWNER), OWNER).tookEffect());
        assertEquals(1, rig.effects(1, 'D'));
        rig.resource.close();
    }

    @Test
    void a_step_that_was_refused_when_nobody_can_say_why_has_no_effect() {
        BrokenLook fault = new BrokenLook("SELECT session, state, low");
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), fault));
        rig.resource.fence(OWNER);
        fault.armed.set(true);
        ForwardResult refused = rig.forward(1);
        assertEquals(ForwardResult.Kind.NO_EFFECT, refused.kind());
        assertThat(refused.failure()).isInstanceOf(ResourceUnavailableException.class);
        fault.armed.set(false);
        assertEquals(ForwardResult.Kind.FENCED, rig.forward(1).kind());
        assertEquals(0, rig.effects(1, 'D'));
        rig.resource.close();
    }

    /** Loses the answer to the commit of the next step, before or after the commit. */
    private static final class LostAnswer implements Fault {

        final AtomicBoolean armed = new AtomicBoolean();
        private final boolean committed;

        LostAnswer(boolean committed) {
            this.committed = committed;
        }

        @Override
        public void before(Method method, String sql) throws SQLException {
            if (!committed) {
                lose(method, sql);
            }
        }

        @Override
        public void after(Method method, String sql) throws SQLException {
            if (committed) {
                lose(method, sql);
            }
        }

        private void lose(Method method, String sql) throws SQLException {
            boolean commits = method.getName().equals("commit")
                    || (method.getName().startsWith("execute") && sql.endsWith("COMMIT"));
            if (commits && armed.compareAndSet(true, false)) {
                throw new SQLNonTransientConnectionException("connection reset", "08006");
            }
        }
    }

    @Test
    void a_lost_answer_to_a_commit_is_settled_as_an_effect() {
        LostAnswer fault = new LostAnswer(true);
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), fault));
        fault.armed.set(true);
        assertEquals(ForwardResult.Kind.UNKNOWN, rig.forward(1).kind());
        assertTrue(rig.resource.settle(rig.call(1, OWNER), OWNER).tookEffect());
        assertEquals(1, rig.effects(1, 'D'));
        rig.resource.close();
    }

    @Test
    void a_session_whose_rows_commit_was_not_answered_is_open() {
        for (boolean committed : new boolean[] {true, false}) {
            TestDatabase fresh = freshDatabase();
            LostAnswer fault = new LostAnswer(committed);
            GuardRig rig = new GuardRig(fresh, FaultyDataSource.over(fresh.unpooled(), fault));
            fault.armed.set(true);
            rig.resource.openSession(11);
            assertFalse(fault.armed.get());
            assertEquals(1, fresh.number("SELECT count(*) FROM dtx_session WHERE session = 11 AND state = 'A'"));
            rig.resource.close();
        }
    }

    @Test
    void a_fence_whose_commit_was_not_answered_is_put_up_again() {
        LostAnswer fault = new LostAnswer(false);
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), fault));
        fault.armed.set(true);
        rig.resource.fence(OWNER);
        assertFalse(fault.armed.get());
        assertEquals(ForwardResult.Kind.FENCED, rig.forward(1).kind());
        rig.resource.close();
    }

    @Test
    void a_session_whose_row_met_a_deadlock_is_opened_again_and_not_taken_for_ended() {
        AtomicBoolean armed = new AtomicBoolean();
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), new Fault() {
            @Override
            public void before(Method method, String sql) throws SQLException {
                if (method.getName().startsWith("execute")
                        && sql.startsWith("INSERT")
                        && sql.contains("dtx_session")
                        && armed.compareAndSet(true, false)) {
                    throw new SQLException("planted", "40001");
                }
            }
        }));
        armed.set(true);
        rig.resource.openSession(11);
        assertFalse(armed.get());
        assertEquals(1, database.number("SELECT count(*) FROM dtx_session WHERE session = 11 AND state = 'A'"));
        rig.resource.close();
    }

    @Test
    void a_commit_that_was_lost_on_its_way_is_settled_as_never_run() {
        LostAnswer fault = new LostAnswer(false);
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), fault));
        fault.armed.set(true);
        assertEquals(ForwardResult.Kind.UNKNOWN, rig.forward(1).kind());
        assertFalse(rig.resource.settle(rig.call(1, OWNER), OWNER).tookEffect());
        assertEquals(0, rig.effects(1, 'D'));
        rig.resource.close();
    }

    @Test
    void a_lost_answer_to_a_compensation_is_read_from_its_row() {
        LostAnswer fault = new LostAnswer(true);
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), fault));
        rig.forward(1);
        ActionResult undone = rig.resource.compensate(rig.call(1, CLAIMER), OWNER, result -> {
            rig.write(1, 'U');
            fault.armed.set(true);
        });
        assertEquals(ActionResult.Kind.COMPENSATED, undone.kind());
        assertEquals(1, rig.effects(1, 'U'));
        rig.resource.close();
    }

    @Test
    void a_compensation_whose_commit_was_lost_on_its_way_is_tried_again() {
        LostAnswer fault = new LostAnswer(false);
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), fault));
        rig.forward(1);
        ActionResult lost = rig.resource.compensate(rig.call(1, CLAIMER), OWNER, result -> {
            rig.write(1, 'U');
            fault.armed.set(true);
        });
        assertEquals(ActionResult.Kind.FAILED, lost.kind());
        assertThat(lost.failure()).hasMessageContaining("connection reset");
        assertEquals(0, rig.effects(1, 'U'));
        assertEquals(ActionResult.Kind.COMPENSATED, rig.compensate(1).kind());
        assertEquals(1, rig.effects(1, 'U'));
        rig.resource.close();
    }

    @Test
    void a_compensation_whose_step_is_swept_after_it_was_settled_does_not_run() {
        AtomicBoolean armed = new AtomicBoolean();
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), new Fault() {
            private boolean settled;

            @Override
            public void before(Method method, String sql) {
                boolean looks = method.getName().equals("prepareStatement") && sql.startsWith("SELECT kind, result");
                if (armed.get() && looks && !settled) {
                    settled = true;
                } else if (looks && armed.compareAndSet(true, false)) {
                    database.execute("DELETE FROM dtx_guard");
                }
            }
        }));
        rig.forward(1);
        armed.set(true);
        ActionResult swept = rig.compensate(1);
        assertFalse(armed.get());
        assertEquals(ActionResult.Kind.FENCED, swept.kind());
        assertThat(swept.failure()).hasMessageStartingWith("DTX-3015").hasMessageContaining("may not complete");
        assertEquals(0, rig.effects(1, 'U') + rig.guardRows());
        rig.resource.close();
    }

    @Test
    void missing_tables_are_named_and_not_made_when_they_are_to_be_validated() {
        JdbcResource resource = JdbcResource.of("stock", database.unpooled());
        DtxException missing = assertThrows(DtxException.class, () -> resource.start(owner(false)));
        assertEquals("DTX-3002", missing.code());
        assertThat(missing).hasMessageContaining("CREATE TABLE IF NOT EXISTS");
        assertThrows(DtxException.class, () -> resource.start(owner(false)));
        String message = missing.getMessage();
        String ddl = message.substring(message.indexOf("CREATE TABLE"));
        database.execute(ddl.split(";\n?"));
        resource.start(owner(false));
        resource.close();
    }

    @Test
    void a_connection_that_breaks_while_the_tables_are_made_does_not_matter() {
        AtomicBoolean broken = new AtomicBoolean();
        JdbcResource resource = JdbcResource.of("stock", FaultyDataSource.over(database.unpooled(), new Fault() {
            @Override
            public void before(Method method, String sql) throws SQLException {
                if (sql.startsWith("CREATE") && broken.compareAndSet(false, true)) {
                    throw new SQLNonTransientConnectionException("connection reset", "08006");
                }
            }
        }));
        resource.start(owner(true));
        assertThat(resource.databaseId()).hasSize(36);
        assertThat(broken).isTrue();
        resource.close();
    }

    @Test
    void a_connection_that_breaks_while_the_tables_are_tried_does_not_matter() {
        AtomicInteger trials = new AtomicInteger();
        AtomicInteger breaking = new AtomicInteger(2); // the first one is before the tables are made
        JdbcResource resource = JdbcResource.of("stock", FaultyDataSource.over(database.unpooled(), new Fault() {
            @Override
            public void before(Method method, String sql) throws SQLException {
                boolean tries = method.getName().equals("prepareStatement") && sql.contains("VALUES (0, ?, '', ''");
                if (tries && trials.incrementAndGet() == breaking.get()) {
                    throw new SQLNonTransientConnectionException("connection reset", "08006");
                }
            }
        }));
        resource.start(owner(true));
        assertThat(trials).hasValue(3);
        resource.close();

        trials.set(0);
        breaking.set(1);
        resource.start(owner(false));
        assertThat(trials).hasValueGreaterThan(1);
        resource.close();
    }

    @Test
    void refused_ddl_does_not_matter_when_the_tables_are_there() {
        List<String> sent = new CopyOnWriteArrayList<>();
        JdbcResource refused = JdbcResource.of("stock", FaultyDataSource.over(database.unpooled(), new Fault() {
            @Override
            public void before(Method method, String sql) throws SQLException {
                if (sql.startsWith("CREATE")) {
                    sent.add(sql);
                    throw new SQLInvalidAuthorizationSpecException("permission denied", "42501");
                }
            }
        }));
        JdbcResource allowed = JdbcResource.of("stock", database.unpooled());
        Thread other = new Thread(() -> allowed.start(owner(true)));
        other.start();
        refused.start(owner(true)); // waits for the other one's tables
        assertThat(refused.databaseId()).hasSize(36);
        assertThat(sent).as("what was refused is not sent again").doesNotHaveDuplicates();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertEquals(refused.databaseId(), allowed.databaseId());
        refused.close();
        allowed.close();
    }

    @Test
    void tables_that_do_not_keep_their_promise_are_refused() {
        for (String wrong : wrongTables()) {
            TestDatabase broken = freshDatabase();
            JdbcResource resource = JdbcResource.of("stock", broken.unpooled());
            resource.start(owner(true));
            resource.close();
            broken.execute("DROP TABLE dtx_guard", wrong);
            DtxException refused = assertThrows(DtxException.class, () -> resource.start(owner(true)), wrong);
            assertEquals("DTX-3002", refused.code());
        }
    }

    @Test
    void a_swallowed_deadlock_is_rolled_back_as_a_whole() throws Exception {
        GuardRig rig = new GuardRig(database, database.unpooled());
        database.execute(
                "CREATE TABLE account (id int NOT NULL PRIMARY KEY, amount int NOT NULL)",
                "INSERT INTO account VALUES (1, 0), (2, 0)");
        CyclicBarrier bothLocked = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<ForwardResult>> steps = new ArrayList<>();
        for (int n = 1; n <= 2; n++) {
            long number = n;
            steps.add(threads.submit(() ->
                    rig.resource.forward(rig.call(number, OWNER), () -> crossing(rig, number, bothLocked), () -> {})));
        }
        List<ForwardResult.Kind> kinds =
                List.of(steps.get(0).get().kind(), steps.get(1).get().kind());
        threads.shutdown();
        assertThat(kinds).containsExactlyInAnyOrder(ForwardResult.Kind.COMMITTED, ForwardResult.Kind.NO_EFFECT);
        int victim = kinds.indexOf(ForwardResult.Kind.NO_EFFECT) + 1;
        assertEquals(0, rig.effects(victim, 'D'));
        assertEquals(1, rig.effects(3L - victim, 'D'));
        assertEquals(1, rig.guardRows());
        rig.resource.close();
    }

    /** Locks one row, waits, locks the other one, and goes on as if nothing had happened. */
    private static byte[] crossing(GuardRig rig, long number, CyclicBarrier bothLocked) throws Exception {
        rig.write(number, 'D');
        try (Connection connection = rig.resource.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE account SET amount = 1 WHERE id = " + number);
            bothLocked.await(30, TimeUnit.SECONDS);
            try {
                statement.executeUpdate("UPDATE account SET amount = 1 WHERE id = " + (3 - number));
            } catch (SQLException swallowed) {
                assertThat(swallowed.getSQLState()).startsWith("40");
            }
        }
        return new byte[] {(byte) number};
    }

    @Test
    void an_error_that_may_have_ended_the_transaction_is_seen_wherever_it_surfaces() {
        AtomicReference<String> where = new AtomicReference<>("");
        GuardRig rig = new GuardRig(database, FaultyDataSource.over(database.unpooled(), new Fault() {
            @Override
            public void after(Method method, String sql) throws SQLException {
                String name = method.getDeclaringClass().getSimpleName() + '.' + method.getName();
                if (!sql.contains("dtx_") && !sql.contains("set_config") && name.equals(where.get())) {
                    SQLException outer = new SQLException("wrapped", "HY000");
                    outer.setNextException(new SQLException("deadlock", "40001"));
                    throw outer;
                }
            }
        }));
        List<String> places = List.of(
                "Statement.execute",
                "Statement.executeUpdate",
                "Statement.executeQuery",
                "Statement.executeBatch",
                "Statement.getMoreResults",
                "PreparedStatement.execute",
                "PreparedStatement.executeUpdate",
                "PreparedStatement.executeQuery",
                "ResultSet.next",
                "ResultSet.getLong",
                "Connection.prepareStatement",
                "Connection.setSavepoint");
        long number = 0;
        for (String place : places) {
            number++;
            where.set(place);
            long step = number;
            ForwardResult result = rig.resource.forward(rig.call(step, OWNER), () -> everything(rig), () -> {});
            where.set("");
            assertEquals(ForwardResult.Kind.NO_EFFECT, result.kind(), place);
            assertThat(result.failure())
                    .as(place)
                    .hasMessageStartingWith("DTX-3012")
                    .hasMessageContaining("deadlock");
        }
        assertEquals(0, rig.guardRows());
        ForwardResult clean = rig.resource.forward(rig.call(99, OWNER), () -> everything(rig), () -> {});
        assertEquals(ForwardResult.Kind.COMMITTED, clean.kind());
        rig.resource.close();
    }

    /** Uses every kind of call, and swallows what it throws. */
    private static byte[] everything(GuardRig rig) throws SQLException {
        Connection connection = rig.resource.dataSource().getConnection();
        String select = "SELECT count(*) FROM effect";
        List<Use> uses = List.of(
                () -> connection.createStatement().execute(select),
                () -> connection.createStatement().executeUpdate("DELETE FROM effect WHERE n = -1"),
                () -> connection.createStatement().executeQuery(select),
                () -> {
                    Statement statement = connection.createStatement();
                    statement.addBatch("DELETE FROM effect WHERE n = -1");
                    statement.executeBatch();
                },
                () -> {
                    Statement statement = connection.createStatement();
                    statement.executeQuery(select);
                    statement.getMoreResults();
                },
                () -> connection.prepareStatement(select).execute(),
                () -> connection
                        .prepareStatement("DELETE FROM effect WHERE n = -1")
                        .executeUpdate(),
                () -> connection.prepareStatement(select).executeQuery().next(),
                () -> {
                    var rows = connection.createStatement().executeQuery(select);
                    rows.next();
                    rows.getLong(1);
                },
                connection::setSavepoint);
        for (Use each : uses) {
            try {
                each.run();
            } catch (SQLException swallowed) {
                assertThat(swallowed.getMessage()).isNotEmpty();
            }
        }
        return new byte[0];
    }

    private interface Use {
        void run() throws SQLException;
    }
}
