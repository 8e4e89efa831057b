package io.dtx.examples.quickstart;

import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.ArrayListHandler;

/** The process that does the work, and goes on where an earlier one died. */
final class Worker {
    /** Ends with exit code 0 if every order is whole: in all of the databases, or in none. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.jboss.logging.provider", "slf4j");
        QueryRunner stock = new QueryRunner(Databases.open("stock"));
        stock.update("INSERT INTO workers DEFAULT VALUES");
        String open = "SELECT * FROM orders WHERE id NOT IN (SELECT order_id FROM reservations) ORDER BY id";
        List<Object[]> rows = stock.query(open, new ArrayListHandler());
        int parked;
        try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
            OrderService service = container.select(OrderService.class).get();
            AtomicInteger through = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            threads.invokeAll(rows.stream()
                    .map(row -> Executors.callable(() -> {
                        place(service, row);
                        int done = through.incrementAndGet();
                        if (done % 100 == 0 || done == rows.size()) {
                            System.out.printf("%6d of %d open orders are through%n", done, rows.size());
                        }
                    }))
                    .toList());
            threads.shutdown();
            Dtx dtx = container.select(Dtx.class).get();
            while (count(dtx, TransactionStatus.ACTIVE, TransactionStatus.COMPENSATING) > 0) {
                Thread.sleep(20); // recovery ends: what keeps failing is parked
            }
            parked = count(dtx, TransactionStatus.PARKED);
        }
        System.exit(Databases.report(parked) ? 0 : 1);
    }

    private static void place(OrderService service, Object[] row) {
        try {
            service.place(
                    new Order((long) row[0], (String) row[1], (String) row[2], (int) row[3], (BigDecimal) row[4]));
        } catch (RejectedException e) {
            // The answer is no: what the order had taken is given back already.
        } catch (Exception e) {
            System.err.println("order " + row[0] + ": " + e);
        }
    }

    private static int count(Dtx dtx, TransactionStatus... statuses) {
        return dtx.transactions()
                .list(each -> List.of(statuses).contains(each.status()))
                .size();
    }
}
