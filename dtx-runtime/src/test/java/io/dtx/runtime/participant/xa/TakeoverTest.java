package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.arjuna.common.Uid;
import io.dtx.TransactionId;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.postgresql.xa.PGXADataSource;

/** A dead session has left many transactions in doubt on two PostgreSQL databases: every second one is decided. */
class TakeoverTest {

    private static final long CLUSTER = 0x5f3a09c2d1e4b687L;
    private static final int TRANSACTIONS = Integer.getInteger("atomic.takeover.transactions", 40);
    private static final int GOAL = 200;
    private static final long GOAL_MILLIS = 2_000; // on a machine that does nothing else
    private static final long LIMIT_MILLIS = TRANSACTIONS >= GOAL ? GOAL_MILLIS : 10 * GOAL_MILLIS;

    @Test
    void many_transactions_in_doubt_are_ended_in_one_pass() throws Exception {
        TestDatabase east = database();
        TestDatabase west = database();
        assertThat(Narayana.take(this, BranchName.node(CLUSTER, 9))).isTrue();
        try {
            MemoryDecisions log = new MemoryDecisions();
            OpenTransactions open = new OpenTransactions(
                    log,
                    () -> {},
                    new Hands(Runnable::run, 0),
                    new Stores(Map.of("east", Stores.UNKNOWN, "west", Stores.UNKNOWN)));
            Narayana.use(new DecisionStore(log, open));
            List<RegisteredResource> resources =
                    List.of(new PooledResource("east", xa(east)), new PooledResource("west", xa(west)));
            for (int i = 0; i < TRANSACTIONS; i++) {
                Uid uid = new Uid();
                prepare(east, uid, i, 1);
                prepare(west, uid, i, 2); // a server has each name once, over all of its databases
                if (i % 2 == 0) {
                    byte[] record = new DecisionRecord(open.stores().of(Set.of("east", "west")), "/type", new byte[552])
                            .encode();
                    log.record(new TransactionId(CLUSTER, 3, i + 1), uid.stringForm(), 1, record);
                }
            }

            long began = System.nanoTime();
            boolean clean = new Recovery(CLUSTER, 9, resources, open, log, Runnable::run, Runnable::run).pass();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

            System.out.printf(
                    "TAKEOVER %d transactions, %d branches in %d ms%n", TRANSACTIONS, 2 * TRANSACTIONS, millis);
            assertThat(clean).isTrue();
            assertThat(log.decisions()).isEmpty();
            assertThat(east.number("SELECT count(*) FROM effect")).isEqualTo(TRANSACTIONS / 2);
            assertThat(west.number("SELECT count(*) FROM effect")).isEqualTo(TRANSACTIONS / 2);
            assertThat(millis).isLessThan(LIMIT_MILLIS);
        } finally {
            Narayana.giveBack(this);
        }
    }

    private static TestDatabase database() {
        TestDatabase database = PostgresFixture.freshDatabase();
        database.execute("CREATE TABLE effect (id INT)");
        return database;
    }

    private static XADataSource xa(TestDatabase database) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }

    private static void prepare(TestDatabase database, Uid uid, int number, int part) throws Exception {
        XAConnection connection = xa(database).getXAConnection();
        try (Connection plain = connection.getConnection();
                Statement statement = plain.createStatement()) {
            XAResource branch = connection.getXAResource();
            NamedXid xid = new NamedXid(uid, BranchName.node(CLUSTER, 3), part);
            branch.start(xid, XAResource.TMNOFLAGS);
            statement.execute("INSERT INTO effect VALUES (" + number + ")");
            branch.end(xid, XAResource.TMSUCCESS);
            branch.prepare(xid);
        } finally {
            connection.close();
        }
    }
}
