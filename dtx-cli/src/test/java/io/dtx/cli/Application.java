package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcConnectionPool;

/** An application that uses a coordinator of its own. */
final class Application implements AutoCloseable {

    private final JdbcConnectionPool stock = JdbcConnectionPool.create("jdbc:h2:mem:" + System.nanoTime(), "sa", "");
    private final Dtx dtx;
    final Desk desk;

    Application(int port, Map<String, String> more) throws Exception {
        try (var connection = stock.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table taken(id int)");
        }
        Dtx.Builder builder = Dtx.builder()
                .config("dtx.log", "raft")
                .config("dtx.members", "127.0.0.1:" + port)
                .config("dtx.application", "shop")
                .config("dtx.node", "till-1")
                .config("dtx.compensation.wait", "100ms")
                .resource("stock", stock);
        more.forEach(builder::config);
        dtx = builder.build();
        desk = dtx.create(Desk.class, dtx.resource("stock"));
        dtx.start();
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
        AtomicReference<TransactionId> id = new AtomicReference<>();
        desk.breakDown(true);
        try {
            dtx.call("refused", () -> {
                id.set(TransactionContext.current().id());
                if (withResource) {
                    desk.take(7);
                } else {
                    desk.call(7);
                }
                throw new IllegalArgumentException("sold out");
            });
        } catch (Exception expected) {
            await(id.get(), TransactionStatus.PARKED);
            return id.get();
        }
        throw new AssertionError("it did not fail");
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
        stock.dispose();
    }
}
