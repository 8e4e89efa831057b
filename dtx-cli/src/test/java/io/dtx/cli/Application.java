package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcConnectionPool;

/** An application that uses a coordinator of its own. */
final class Application implements AutoCloseable {

    private final JdbcConnectionPool stock;
    private final JdbcConnectionPool till;
    private final boolean owns;
    private final Dtx dtx;
    final Desk desk;

    Application(int port, Map<String, String> more) throws Exception {
        this(newPool(), newPool(), true, port, more);
    }

    private Application(
            JdbcConnectionPool stock, JdbcConnectionPool till, boolean owns, int port, Map<String, String> more)
            throws Exception {
        this.stock = stock;
        this.till = till;
        this.owns = owns;
        if (owns) {
            makeTable();
        }
        Dtx.Builder builder = Dtx.builder()
                .config("dtx.log", "raft")
                .config("dtx.members", "127.0.0.1:" + port)
                .config("dtx.application", "shop")
                .config("dtx.node", "till-1")
                .config("dtx.compensation.wait", "100ms")
                .resource("stock", stock)
                .resource("till", till);
        more.forEach(builder::config);
        dtx = builder.build();
        desk = dtx.create(Desk.class, dtx.resource("stock"));
        dtx.start();
    }

    /** Returns the address of a database of its own, in this process. */
    static String newDatabase() {
        return "jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";
    }

    private static JdbcConnectionPool newPool() {
        return JdbcConnectionPool.create(newDatabase(), "sa", "");
    }

    private void makeTable() throws SQLException {
        try (var connection = stock.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table taken(id int)");
            statement.execute("create table put_back(id int)");
        }
    }

    /** The same application over the same database, with another log. */
    Application another(int port) throws Exception {
        return new Application(stock, till, false, port, Map.of());
    }

    /** A transaction that has done a step and waits; then it does another one. */
    Held hold(ExecutorService caller) {
        CompletableFuture<TransactionId> open = new CompletableFuture<>();
        CountDownLatch until = new CountDownLatch(1);
        Future<?> call = caller.submit(() -> dtx.call("held", () -> {
            desk.take(9);
            open.complete(TransactionContext.current().id());
            until.await();
            desk.take(10);
            return null;
        }));
        return new Held(open.join(), until, call);
    }

    /** What a transaction does. */
    private interface Steps {
        void run() throws SQLException;
    }

    /** Returns how many operators the database would let in. */
    int openOperators() throws SQLException {
        return count("dtx_session where application = 'dtx-operator' and state = 'A'");
    }

    /**
     * A transaction that waits.
     *
     * @param until what it waits for
     * @param call the call that runs it
     */
    record Held(TransactionId id, CountDownLatch until, Future<?> call) {}

    /** Returns the address of its database, with what it takes to be let in. */
    String url() throws SQLException {
        try (var connection = stock.getConnection()) {
            return connection.getMetaData().getURL() + ";USER=sa";
        }
    }

    /** Returns how many steps of a transaction can take effect in neither direction any more. */
    int closedRows(TransactionId id) throws SQLException {
        return count("dtx_guard where transaction_id = '" + id + "' and kind = 'T'");
    }

    /** Returns how many things were taken and not put back. */
    int taken() throws SQLException {
        return count("taken");
    }

    /** Returns how often something was put back. */
    int putBack() throws SQLException {
        return count("put_back");
    }

    private int count(String table) throws SQLException {
        try (var connection = stock.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Runs a statement in both databases by hand, and returns how many rows it has changed in the stock's. */
    int update(String sql) throws SQLException {
        update(till, sql);
        return update(stock, sql);
    }

    private static int update(JdbcConnectionPool database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** A transaction that commits. */
    TransactionId order(int order) throws Exception {
        return dtx.<TransactionId>call("order", () -> {
            desk.call(order);
            return TransactionContext.current().id();
        });
    }

    /** A transaction that fails, and whose compensation fails, too. */
    TransactionId park(boolean withResource) {
        return park(() -> {
            if (withResource) {
                desk.take(7);
            } else {
                desk.call(7);
            }
        });
    }

    /** The same with a step in each of two databases. */
    TransactionId parkInBoth() {
        return park(() -> {
            desk.take(7);
            desk.charge(7);
        });
    }

    private TransactionId park(Steps steps) {
        AtomicReference<TransactionId> id = new AtomicReference<>();
        desk.breakDown(true);
        try {
            dtx.call("refused", () -> {
                id.set(TransactionContext.current().id());
                steps.run();
                throw new IllegalArgumentException("sold out");
            });
        } catch (Exception expected) {
            await(id.get(), TransactionStatus.PARKED);
            return id.get();
        }
        throw new AssertionError("it did not fail");
    }

    /** Resolves a transaction where its resource is. */
    void resolve(TransactionId id, TransactionStatus outcome) {
        dtx.transactions().resolve(id, outcome, "looked at");
    }

    void await(TransactionId id, TransactionStatus status) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (dtx.transactions().outcome(id).orElse(null) != status) {
            assertThat(System.nanoTime() - end).as("within 20 s").isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        dtx.close();
        if (owns) {
            stock.dispose();
            till.dispose();
        }
    }
}
