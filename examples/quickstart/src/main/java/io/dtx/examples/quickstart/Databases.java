package io.dtx.examples.quickstart;

import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;

/** The shop's three databases, and the log that makes them one; all in the directory {@code shop.directory}. */
@Dependent
class Databases {

    private static final int CONNECTIONS = 20;
    private static final int IN_STOCK = 1_000;
    private static final int CREDIT = 4_000;

    void configure(@Observes Dtx.Builder dtx) {
        dtx.config("dtx.application", "quickstart")
                .config("dtx.log.dir", directory() + "/dtx-log")
                .resource("stock", open("stock"))
                .resource("payments", PowerCut.in(open("payments")))
                .resource("shipments", open("shipments"));
    }

    static String directory() {
        return System.getProperty("shop.directory");
    }

    /** Without a write delay H2 has on disk what it has committed. */
    static String url(String name) {
        return "jdbc:h2:file:" + directory() + "/" + name + ";WRITE_DELAY=0";
    }

    static JdbcConnectionPool open(String name) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(url(name), "sa", "");
        pool.setMaxConnections(CONNECTIONS);
        return pool;
    }

    /** Makes the databases, with what the orders ask for: articles on the shelves, and customers with credit. */
    static void create(List<Order> orders) throws SQLException {
        JdbcConnectionPool stock = open("stock");
        JdbcConnectionPool payments = open("payments");
        JdbcConnectionPool shipments = open("shipments");
        Sql.update(stock, "RUNSCRIPT FROM 'classpath:/stock.sql'");
        Sql.update(payments, "RUNSCRIPT FROM 'classpath:/payments.sql'");
        Sql.update(shipments, "RUNSCRIPT FROM 'classpath:/shipments.sql'");

        Sql.updateAll(
                stock,
                "INSERT INTO orders VALUES (?, ?, ?, ?, ?)",
                orders.stream()
                        .map(each -> List.of(each.id(), each.customer(), each.sku(), each.quantity(), each.price())));
        Sql.updateAll(
                stock,
                "INSERT INTO articles VALUES (?, ?, ?)",
                orders.stream().map(Order::sku).distinct().map(sku -> List.of(sku, IN_STOCK, IN_STOCK)));
        Sql.updateAll(
                payments,
                "INSERT INTO accounts VALUES (?, ?, ?)",
                orders.stream().map(Order::customer).distinct().map(customer -> List.of(customer, CREDIT, CREDIT)));
        List.of(stock, payments, shipments).forEach(JdbcConnectionPool::dispose);
    }
}
