package io.dtx.runtime.atomic;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.TransactionMode;
import io.dtx.runtime.DtxOverLog;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.StepGateway.Body;
import io.dtx.spi.TransactionDescriptor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
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
        dtx = new DtxOverLog(config, Map.of(), opened -> {
            log = new WatchedLog(opened);
            return log;
        });
        dtx.xaResource("east", eastXa).xaResource("west", westXa);
    }

    static XADataSource xa(TestDatabase database) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }

    /** Makes an account in an empty database. */
    static TestDatabase account(TestDatabase database) {
        database.execute(
                "CREATE TABLE account (id INT PRIMARY KEY, balance BIGINT NOT NULL CHECK (balance BETWEEN 0 AND 1000000))",
                "CREATE TABLE posting (number INT PRIMARY KEY, amount BIGINT NOT NULL)",
                "INSERT INTO account VALUES (1, " + START_BALANCE + ")");
        return database;
    }

    Bank start() {
        dtx.start();
        return this;
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
        return dtx.gateway().<T, Exception>transaction(atomic(Propagation.REQUIRED, 0), body);
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
        String query = "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()";
        return east.number(query) + west.number(query);
    }

    @Override
    public void close() {
        dtx.close();
    }
}
