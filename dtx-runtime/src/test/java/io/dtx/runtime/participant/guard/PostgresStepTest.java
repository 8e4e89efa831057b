package io.dtx.runtime.participant.guard;

import static io.dtx.runtime.participant.guard.GuardRig.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.participant.guard.FaultyDataSource.Fault;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps on PostgreSQL: what its driver does differently from others. */
class PostgresStepTest {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private GuardRig rig;

    @BeforeEach
    void startResource() {
        TestDatabase database = PostgresFixture.freshDatabase();
        rig = new GuardRig(database, FaultyDataSource.over(database.pool(1), new Fault() {
            @Override
            public void before(Method method, String sql) {
                String name = method.getName();
                if (name.startsWith("execute") || name.equals("commit") || name.equals("rollback")) {
                    calls.add(sql.isEmpty() ? name : sql);
                }
            }
        }));
    }

    @AfterEach
    void closeResource() {
        rig.resource.close();
    }

    @Test
    void a_step_costs_its_own_statements_and_one_round_trip() {
        rig.forward(1);
        calls.clear();
        assertEquals(ForwardResult.Kind.COMMITTED, rig.forward(2).kind());
        List<String> seen = new ArrayList<>(calls);
        assertEquals(2, seen.size(), seen.toString());
        assertThat(seen.get(0)).startsWith("INSERT INTO effect");
        assertThat(seen.get(1)).startsWith("INSERT INTO \"public\".dtx_guard").endsWith("; COMMIT");
    }

    @Test
    void nothing_is_committed_of_a_transaction_whose_error_was_swallowed() {
        ForwardResult result = rig.resource.forward(
                rig.call(1, OWNER),
                () -> {
                    rig.write(1, 'D');
                    try (Statement statement =
                            rig.resource.dataSource().getConnection().createStatement()) {
                        statement.execute("SELECT 1 / 0");
                    } catch (SQLException swallowed) {
                        assertEquals("22012", swallowed.getSQLState());
                    }
                    return null;
                },
                () -> {});
        assertEquals(ForwardResult.Kind.NO_EFFECT, result.kind());
        assertEquals(0, rig.effects(1, 'D') + rig.guardRows());
    }

    @Test
    void a_deferred_constraint_that_fails_in_the_commit_is_no_conflict_of_the_guard() {
        rig.database.execute(
                "CREATE TABLE seat (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)", "INSERT INTO seat VALUES (1)");
        ForwardResult result = rig.resource.forward(
                rig.call(1, OWNER),
                () -> {
                    try (Statement statement =
                            rig.resource.dataSource().getConnection().createStatement()) {
                        statement.execute("INSERT INTO seat VALUES (1)");
                    }
                    return null;
                },
                () -> {});
        assertEquals(ForwardResult.Kind.NO_EFFECT, result.kind());
        assertThat(result.failure()).isInstanceOf(SQLException.class).hasMessageContaining("seat");
        assertEquals(ForwardResult.Kind.COMMITTED, rig.forward(2).kind());
    }

    @Test
    void a_level_that_was_changed_unseen_is_noticed_by_the_guard_row() {
        TestDatabase database = PostgresFixture.freshDatabase();
        GuardRig changing = new GuardRig(database, database.unpooled());
        String name = database.url().substring(database.url().lastIndexOf('/') + 1);
        database.execute("ALTER DATABASE " + name + " SET default_transaction_isolation = 'serializable'");
        ForwardResult refused = changing.forward(1);
        assertEquals(ForwardResult.Kind.NO_EFFECT, refused.kind());
        assertThat(refused.failure()).isInstanceOf(SQLException.class).hasMessageContaining("DTX-3025");
        assertEquals(0, changing.effects(1, 'D'));
        assertEquals(ForwardResult.Kind.COMMITTED, changing.forward(1).kind());
        changing.resource.close();
    }

    @Test
    void a_step_may_raise_its_level_itself() {
        ForwardResult result = rig.resource.forward(
                rig.call(1, OWNER),
                () -> {
                    Connection connection = rig.resource.dataSource().getConnection();
                    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    rig.write(1, 'D');
                    return null;
                },
                () -> {});
        assertEquals(ForwardResult.Kind.COMMITTED, result.kind());
        assertThat(calls).anyMatch(sql -> sql.contains("FOR SHARE"));
    }

    @Test
    void a_search_path_that_a_step_sets_does_not_lead_the_guard_row_astray() {
        rig.database.execute("CREATE SCHEMA tenant");
        ForwardResult result = rig.resource.forward(
                rig.call(1, OWNER),
                () -> {
                    rig.resource.dataSource().getConnection().setSchema("tenant");
                    return null;
                },
                () -> {});
        assertEquals(ForwardResult.Kind.COMMITTED, result.kind());
        assertEquals(1, rig.guardRows());
        assertEquals(ForwardResult.Kind.COMMITTED, rig.forward(2).kind());
    }
}
