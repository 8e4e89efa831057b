package io.dtx.runtime.crash;

import io.dtx.TransactionId;
import io.dtx.runtime.DtxOverLog;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.Transactions;
import io.dtx.runtime.coordinator.CoordinatorLink;
import io.dtx.runtime.log.CoordinatorLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The application under test: the saga over its three databases, with a log directory, and a file of what callers were told.
 * Opened again on the same directory and databases it goes on.
 */
final class Shop implements AutoCloseable {

    static final List<String> RESOURCES = List.of("stock", "payments", "shipping");
    private static final int NAMED_MAX = 5;

    private final Map<String, DataSource> databases;
    private final Path toldFile;
    private final Told told;
    private final DtxOverLog dtx;
    private final Orders orders;
    private final ThreadLocal<@Nullable TransactionId> current = new ThreadLocal<>();

    /** Is ready to {@link #start}. */
    Shop(
            Path directory,
            Map<String, DataSource> databases,
            Map<String, String> config,
            Effects effects,
            UnaryOperator<CoordinatorLog> log)
            throws IOException {
        this(directory, databases, effects, new DtxOverLog(values(directory, "worker", config), databases, log));
    }

    /** One of several processes of the application that share a directory, and the members of a cluster. */
    static Shop over(
            CoordinatorLink link, Path directory, Map<String, DataSource> databases, String node, Effects effects)
            throws IOException {
        return new Shop(
                directory, databases, effects, DtxOverLog.over(link, values(directory, node, Map.of()), databases));
    }

    private Shop(Path directory, Map<String, DataSource> databases, Effects effects, DtxOverLog dtx)
            throws IOException {
        this.databases = databases;
        this.toldFile = directory.resolve("told");
        this.told = new Told(toldFile);
        this.dtx = dtx;
        this.orders = dtx.create(
                Orders.class,
                dtx.create(StockService.class, dtx.resource("stock"), effects),
                dtx.create(PaymentService.class, dtx.resource("payments"), effects),
                dtx.create(ShippingService.class, dtx.resource("shipping"), effects),
                (Orders.Began) this::began);
    }

    private static Map<String, String> values(Path directory, String node, Map<String, String> config) {
        Map<String, String> values = new HashMap<>(config);
        values.putIfAbsent("dtx.log.dir", directory.resolve("log").toString());
        values.putIfAbsent("dtx.node", node);
        values.putIfAbsent("dtx.guard.sweep.interval", "300ms");
        return values;
    }

    /** Makes the business tables where they are missing. */
    static void prepare(Map<String, DataSource> databases) throws SQLException {
        for (DataSource each : databases.values()) {
            Effects.prepare(each);
        }
    }

    void start() {
        dtx.start();
    }

    Transactions transactions() {
        return dtx.transactions();
    }

    /** Places an order, and notes what came of it. */
    @Nullable
    Throwable place(int order) {
        current.remove();
        Throwable failure = null;
        try {
            orders.place(order);
        } catch (Exception e) {
            failure = e;
        }
        TransactionId id = current.get();
        if (id != null) {
            told.ended(order, id, failure);
        }
        return failure;
    }

    private void began(int order, TransactionId id) {
        current.set(id);
        told.began(order, id);
    }

    /** Returns the first number that no order has. */
    int nextOrder() throws IOException {
        return 1 + Told.read(toldFile).stream().mapToInt(Told.Line::order).max().orElse(0);
    }

    List<TransactionHistory> open() {
        return transactions().list(each -> !each.status().isFinal());
    }

    /** Waits until nothing is open; returns how many milliseconds it took, or fails. */
    long awaitQuiet(long maxMillis) {
        long begin = System.nanoTime();
        for (List<TransactionHistory> open = open(); !open.isEmpty(); open = open()) {
            if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) > maxMillis) {
                throw new AssertionError(open.size() + " transactions are open after " + maxMillis + " ms: "
                        + open.subList(0, Math.min(NAMED_MAX, open.size())));
            }
            LockSupport.parkNanos(5_000_000);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Waits until nothing is open and ended sessions are fenced, then returns what is wrong. */
    List<String> judge(long maxMillis) throws SQLException, IOException {
        awaitQuiet(maxMillis);
        long begin = System.nanoTime();
        // Rows of sessions that ended in an earlier process are fenced by the first sweep.
        while (!SagaAudit.haveOneSession(facts())
                && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) < maxMillis) {
            LockSupport.parkNanos(5_000_000);
        }
        return SagaAudit.violations(facts());
    }

    Facts facts() throws SQLException, IOException {
        return Facts.read(databases, transactions().list(each -> true), toldFile);
    }

    @Override
    public void close() throws IOException {
        dtx.close();
        told.close();
    }
}
