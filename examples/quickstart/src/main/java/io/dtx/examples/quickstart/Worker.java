package io.dtx.examples.quickstart;

import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;

/** The process that does the work, and goes on where an earlier one died. */
@ApplicationScoped
class Worker {

    private static final int AT_ONCE = 8;
    private static final int PATIENCE_SECONDS = 30;

    @Inject
    OrderService orderService;

    @Inject
    Dtx dtx;

    /** Ends with exit code 0 if every order is whole: in all of the databases, or in none. */
    public static void main(String[] arguments) throws Exception {
        JdbcConnectionPool stock = Databases.open("stock");
        Sql.update(stock, "INSERT INTO workers DEFAULT VALUES");
        Report report;
        try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
            report = container.select(Worker.class).get().work(stock);
        }
        report.print();
        System.exit(report.isConsistent() ? 0 : 1);
    }

    Report work(JdbcConnectionPool stock) throws SQLException, InterruptedException {
        List<Order> open = Sql.select(
                stock,
                Order::of,
                "SELECT * FROM orders WHERE id NOT IN (SELECT order_id FROM reservations) ORDER BY id");
        AtomicInteger through = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        for (Order order : open) {
            threads.execute(() -> {
                place(order);
                report(through.incrementAndGet(), open.size());
            });
        }
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.HOURS);
        return Report.of(awaitSettled());
    }

    private void place(Order order) {
        try {
            orderService.place(order);
        } catch (RejectedException e) {
            // The answer is no: what the order had taken is given back already.
        } catch (Exception e) {
            System.err.println("order " + order.id() + ": " + e);
        }
    }

    private static void report(int through, int all) {
        if (through % 100 == 0 || through == all) {
            System.out.printf("%6d of %d open orders are through%n", through, all);
        }
    }

    /** Waits for what recovery still has to do; returns how many transactions it has given to an operator. */
    private int awaitSettled() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (count(TransactionStatus.ACTIVE, TransactionStatus.COMPENSATING) > 0 && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        return count(TransactionStatus.PARKED);
    }

    private int count(TransactionStatus... statuses) {
        return dtx.transactions()
                .list(each -> List.of(statuses).contains(each.status()))
                .size();
    }
}
