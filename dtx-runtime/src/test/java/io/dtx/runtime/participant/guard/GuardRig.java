package io.dtx.runtime.participant.guard;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.participant.GuardedResource.GuardedBody;
import io.dtx.runtime.participant.GuardedResource.KnownTransactions;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import javax.sql.DataSource;

/** A resource on a fresh database with a business table, whose rows count effects, and the calls of one cluster. */
final class GuardRig {

    /** A session that was opened after the state was looked at. */
    static final long LATER_SESSION = 20;

    static final long OWNER = 7;
    static final long CLAIMER = 9;
    private static final AtomicLong CLUSTERS = new AtomicLong(0x5f3a_09c2_d1e4_b600L);

    final TestDatabase database;
    final long cluster = CLUSTERS.incrementAndGet();
    final JdbcResource resource;

    /** Starts a resource and opens the sessions of an owner and a claimer. */
    GuardRig(TestDatabase database, DataSource dataSource) {
        this(database, JdbcResource.of("stock", dataSource));
    }

    GuardRig(TestDatabase database, JdbcResource resource) {
        this(database, resource, "shop");
    }

    GuardRig(TestDatabase database, JdbcResource resource, String application) {
        this.database = database;
        this.resource = resource;
        if (!exists(database)) {
            database.execute("CREATE TABLE effect (n bigint NOT NULL, way char(1) NOT NULL)");
        }
        resource.start(owner(application, "node-1", true));
        resource.openSession(OWNER);
        resource.openSession(CLAIMER);
    }

    /**
     * Starts another resource on the same database for a log that was restored from this one, and that has sessions of the same
     * numbers; their marks are beyond all transactions of this one.
     */
    JdbcResource restored() {
        JdbcResource restored = JdbcResource.of("stock", database.unpooled());
        restored.start(new ResourceOwner(CLUSTERS.incrementAndGet(), "shop", "node-2", true));
        restored.openSession(OWNER);
        restored.openSession(CLAIMER);
        restored.raiseLow(OWNER, 100);
        restored.raiseLow(CLAIMER, 100);
        return restored;
    }

    private static boolean exists(TestDatabase database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1 FROM effect WHERE 1 = 0");
        } catch (SQLException e) {
            return false;
        }
    }

    ResourceOwner owner(String application, String node, boolean create) {
        return new ResourceOwner(cluster, application, node, create);
    }

    /** Returns the first step of the owner's n-th transaction, as a session calls it. */
    StepCall call(long number, long session) {
        return call(number, session, 10_000);
    }

    StepCall call(long number, long session, long millis) {
        return new StepCall(
                new TransactionId(cluster, OWNER, number),
                StepNumber.of(1, 1),
                "StockService.reserve",
                1,
                session,
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Returns a body that makes one effect and returns its number as the result. */
    GuardedBody effect(long number) {
        return () -> {
            write(number, 'D');
            return new byte[] {(byte) number};
        };
    }

    /** Inserts a business row inside a step. */
    void write(long number, char way) throws SQLException {
        try (Connection connection = resource.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO effect (n, way) VALUES (" + number + ", '" + way + "')");
        }
    }

    ForwardResult forward(long number) {
        return resource.forward(call(number, OWNER), effect(number), () -> {});
    }

    ActionResult compensate(long number) {
        return resource.compensate(call(number, CLAIMER), OWNER, result -> write(number, 'U'));
    }

    /** Counts the business rows of a transaction. */
    long effects(long number, char way) {
        return database.number("SELECT count(*) FROM effect WHERE n = " + number + " AND way = '" + way + "'");
    }

    long guardRows() {
        return database.number("SELECT count(*) FROM dtx_guard");
    }

    /** A state that knows the transactions of one session from a number on. */
    static KnownTransactions knowing(Collection<Long> numbers, LongFunction<Long> lowest) {
        return new KnownTransactions() {
            @Override
            public boolean contains(TransactionId transaction) {
                return numbers.contains(transaction.number());
            }

            @Override
            public boolean couldBeOpen(long session) {
                return session >= LATER_SESSION;
            }

            @Override
            public long lowest(long session) {
                return lowest.apply(session);
            }
        };
    }
}
