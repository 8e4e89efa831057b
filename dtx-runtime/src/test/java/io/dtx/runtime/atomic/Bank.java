package io.dtx.runtime.atomic;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.TransactionMode;
import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxOverLog;
import io.dtx.runtime.participant.xa.OwnBranches;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.StepGateway.Body;
import io.dtx.spi.TransactionDescriptor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.xa.PGXADataSource;

/** Two databases with an account each, and money that is moved between them. */
final class Bank implements AutoCloseable {

    static final long START_BALANCE = 1_000;

    private final TestDatabase east;
    private final TestDatabase west;
    private final DtxOverLog dtx;
    private @Nullable WatchedLog log;

    Bank(Path directory, Map<String, String> settings, TestDatabase east, TestDatabase west) {
        this(directory, settings, east, west, xa(east), xa(west));
    }

    Bank(
            Path directory,
            Map<String, String> settings,
            TestDatabase east,
            TestDatabase west,
            XADataSource eastXa,
            XADataSource westXa) {
        this.east = east;
        this.west = west;
        Map<String, String> config = new HashMap<>(settings);
        config.putIfAbsent("dtx.log.dir", directory.resolve("log").toString());
        config.putIfAbsent("dtx.xa.recovery.interval", "200ms");
        dtx = new DtxOverLog(config, sagaResources(east), opened -> {
            log = new WatchedLog(opened);
            return log;
        });
        dtx.xaResource("east", eastXa).xaResource("west", westXa);
    }

    /** Makes one whose branches pass a step around each call: see {@link WatchedXa#watch}. */
    static Bank watched(
            Path directory, Map<String, String> settings, TestDatabase east, TestDatabase west, WatchedXa.Step step) {
        return new Bank(
                directory,
                settings,
                east,
                west,
                WatchedXa.watch("east", xa(east), step),
                WatchedXa.watch("west", xa(west), step));
    }

    static XADataSource xa(TestDatabase database) {
        if (database.url().startsWith("jdbc:h2:")) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setUrl(database.url());
            h2.setUser(database.user());
            h2.setPassword(database.password());
            return h2;
        }
        if (database.url().startsWith("jdbc:mariadb:")) {
            return mariaDb(database);
        }
        PGXADataSource source = new PGXADataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        return OwnBranches.of(source);
    }

    private static XADataSource mariaDb(TestDatabase database) {
        try {
            MariaDbDataSource source = new MariaDbDataSource(database.url());
            source.setUser(database.user());
            source.setPassword(database.password());
            return source;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes an account in an empty database. */
    static TestDatabase account(TestDatabase database) {
        database.execute(
                "CREATE TABLE account (id INT PRIMARY KEY, balance BIGINT NOT NULL CHECK (balance BETWEEN 0 AND 1000000))",
                "CREATE TABLE posting (number INT PRIMARY KEY, amount BIGINT NOT NULL)",
                "INSERT INTO account VALUES (1, " + START_BALANCE + ")");
        return database;
    }

    /** Beside databases in memory there is another one, for sagas only. */
    private static Map<String, DataSource> sagaResources(TestDatabase database) {
        return database.url().startsWith("jdbc:h2:mem:")
                ? Map.of("saga", H2Fixture.freshDatabase().unpooled())
                : Map.of();
    }

    Bank start() {
        dtx.start();
        return this;
    }

    /** Ends this process's session, as others do who take over; to be called when no entry is in flight, or just before one. */
    void fence() {
        log().fence();
    }

    DtxOverLog dtx() {
        return dtx;
    }

    WatchedLog log() {
        return Objects.requireNonNull(log, "not started");
    }

    DataSource east() {
        return dtx.resource("east");
    }

    DataSource west() {
        return dtx.resource("west");
    }

    static TransactionDescriptor atomic(Propagation propagation, long timeoutMillis) {
        return new TransactionDescriptor(
                "Bank.transfer", TransactionMode.ATOMIC, propagation, Recovery.BACKWARD, timeoutMillis, List.of());
    }

    /** Runs something in an ATOMIC transaction. */
    <T extends @Nullable Object> T atomically(Body<T> body) throws Exception {
        return call(atomic(Propagation.REQUIRED, 0), body);
    }

    /** Runs something in the transaction that a descriptor says. */
    <T extends @Nullable Object> T call(TransactionDescriptor descriptor, Body<T> body) throws Exception {
        return dtx.gateway().<T, Exception>transaction(descriptor, body);
    }

    /** Waits until nothing is prepared and no decision is left. */
    void awaitNothingInDoubt() {
        await(() -> inDoubt() == 0 && undecided() == 0);
    }

    /** Returns how many decisions are not forgotten. */
    long undecided() {
        return dtx.transactions()
                .list(each -> each.status() == TransactionStatus.COMPLETING)
                .size();
    }

    /** Waits until something is so. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it never became so");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Moves money from east to west. */
    void transfer(long amount) throws Exception {
        atomically(() -> {
            add(east(), -amount);
            add(west(), amount);
            return null;
        });
    }

    static void add(DataSource account, long amount) throws SQLException {
        try (Connection connection = account.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE account SET balance = balance + " + amount + " WHERE id = 1");
        }
    }

    static long balance(TestDatabase database) {
        return database.number("SELECT balance FROM account WHERE id = 1");
    }

    /** Returns how many branches are prepared in the two databases. */
    long inDoubt() {
        return inDoubt(east, west);
    }

    /** Returns how many branches are prepared in two databases. */
    static long inDoubt(TestDatabase east, TestDatabase west) {
        boolean together = isMariaDb(east) && server(east).equals(server(west));
        return inDoubt(east) + (together ? 0 : inDoubt(west)); // that server lists those of all of its databases
    }

    /** Returns how many branches are prepared in a database. */
    static long inDoubt(TestDatabase database) {
        if (isMariaDb(database)) {
            return listed(database);
        }
        return database.number(
                database.url().startsWith("jdbc:h2:")
                        ? "SELECT count(*) FROM INFORMATION_SCHEMA.IN_DOUBT"
                        : "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()");
    }

    private static boolean isMariaDb(TestDatabase database) {
        return database.url().startsWith("jdbc:mariadb:");
    }

    private static String server(TestDatabase database) {
        return database.url().substring(0, database.url().lastIndexOf('/'));
    }

    private static long listed(TestDatabase database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("XA RECOVER")) {
            long count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        dtx.close();
    }
}
