package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.AtomicTransaction.Ending;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.xa.PGXADataSource;

/**
 * A process was paused after its decision had become durable, and a survivor has committed the first branch meanwhile. Without
 * the guard Narayana takes PostgreSQL's answer for a roll-back and rolls the other branch back: that is planted here, to show
 * that this test would notice.
 */
class LateOwnerTest {

    private static final TransactionId ID = new TransactionId(0x5f3a09c2d1e4b687L, 7, 1);

    /** What stands between Narayana and a branch. */
    enum Guard {
        GUARDED,
        TAKEN_OUT
    }

    private final TestDatabase east = database();
    private final TestDatabase west = database();
    private final MemoryDecisions log = new MemoryDecisions();
    private OpenTransactions open;

    private static TestDatabase database() {
        TestDatabase database = PostgresFixture.freshDatabase();
        database.execute("CREATE TABLE effect (id INT)");
        return database;
    }

    @BeforeEach
    void open() {
        assertThat(Narayana.take(this, BranchName.node(ID.cluster(), ID.session())))
                .isTrue();
        open = new OpenTransactions(log, () -> {}, new Hands(Runnable::run, 0), new Stores(Map.of()));
        Narayana.use(new DecisionStore(log, open));
    }

    @AfterEach
    void close() {
        Narayana.giveBack(this);
    }

    @ParameterizedTest
    @EnumSource
    void a_survivor_has_committed_one_branch_when_the_owner_wakes_up(Guard guard) throws Exception {
        XAConnection eastern = connect(east);
        XAConnection western = connect(west);
        try {
            OpenTransaction transaction = open.begin(ID, 60_000);
            work(transaction, "east", eastern, guard);
            work(transaction, "west", western, guard);
            log.afterRecord(() -> commitAll(east));

            Ending ending = transaction.commit(() -> false);

            assertThat(ending.kind()).isEqualTo(Ending.Kind.COMMITTED);
            assertThat(effects(east)).isEqualTo(1);
            if (guard == Guard.GUARDED) {
                assertThat(effects(west)).isEqualTo(1);
                assertThat(log.decisions()).isEmpty();
            } else {
                assertThat(effects(west))
                        .as("the violation that the guard prevents")
                        .isZero();
                assertThat(west.number("SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()"))
                        .isZero();
            }
        } finally {
            eastern.close();
            western.close();
        }
    }

    private void work(OpenTransaction transaction, String name, XAConnection connection, Guard guard) throws Exception {
        XAResource branch = connection.getXAResource();
        open.manager()
                .getTransaction()
                .enlistResource(
                        guard == Guard.GUARDED ? new GuardedXaResource(name, branch, transaction, null, null) : branch);
        transaction.enlist(name, connection);
        try (Connection plain = connection.getConnection();
                Statement statement = plain.createStatement()) {
            statement.execute("INSERT INTO effect VALUES (1)");
        }
    }

    private static void commitAll(TestDatabase database) {
        try {
            XAConnection survivor = connect(database);
            for (Xid each : InDoubt.list(survivor.getXAResource())) {
                survivor.getXAResource().commit(each, false);
            }
            survivor.close();
        } catch (XAException | java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static XAConnection connect(TestDatabase database) throws java.sql.SQLException {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(database.url());
        return source.getXAConnection(database.user(), database.password());
    }

    private static long effects(TestDatabase database) {
        return database.number("SELECT count(*) FROM effect");
    }
}
