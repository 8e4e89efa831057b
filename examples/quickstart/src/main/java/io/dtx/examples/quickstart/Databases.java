package io.dtx.examples.quickstart;

import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.ColumnListHandler;
import org.apache.commons.dbutils.handlers.ScalarHandler;
import org.h2.jdbcx.JdbcConnectionPool;

/** The shop's three databases, and the log that makes them one; all in the directory {@code shop.directory}. */
@Dependent
class Databases {
    private static final List<String> NAMES = List.of("stock", "payments", "shipments");
    private static final QueryRunner SQL = new QueryRunner();

    static void configure(@Observes Dtx.Builder dtx) {
        dtx.config("dtx.application", "quickstart").config("dtx.log.dir", path("dtx-log"));
        dtx.resource("stock", open("stock"));
        dtx.resource("payments", PowerCut.in(open("payments")));
        dtx.resource("shipments", open("shipments"));
    }

    static DataSource open(String name) {
        return JdbcConnectionPool.create(url(name), "sa", "");
    }

    /** Makes them, with what the orders ask for: articles on the shelves, and customers with credit. */
    static void create(List<Order> all) throws SQLException {
        for (String name : NAMES) {
            try (Connection database = DriverManager.getConnection(url(name), "sa", "")) {
                SQL.execute(database, "RUNSCRIPT FROM 'classpath:/" + name + ".sql'");
            }
        }
        String order = "INSERT INTO orders VALUES (?, ?, ?, ?, ?)";
        fill("stock", order, all, o -> List.of(o.id(), o.customer(), o.sku(), o.quantity(), o.price()));
        fill("stock", "MERGE INTO articles VALUES (?, 1000, 1000)", all, o -> List.of(o.sku()));
        fill("payments", "MERGE INTO accounts VALUES (?, 4000, 4000)", all, o -> List.of(o.customer()));
    }

    private static void fill(String name, String sql, List<Order> all, Function<Order, List<?>> row)
            throws SQLException {
        try (Connection database = DriverManager.getConnection(url(name), "sa", "")) {
            database.setAutoCommit(false);
            SQL.batch(database, sql, all.stream().map(row).map(List::toArray).toArray(Object[][]::new));
            database.commit();
        }
    }

    /** Prints what became of the orders, by a database that links to the three; returns whether each is whole. */
    static boolean report(int parked) throws SQLException {
        try (Connection audit = DriverManager.getConnection("jdbc:h2:mem:")) {
            for (String name : NAMES) {
                String link = "CALL LINK_SCHEMA(?, '', ?, 'sa', '', 'PUBLIC')";
                SQL.execute(audit, link, name.toUpperCase(Locale.ROOT), url(name));
            }
            SQL.execute(audit, "SET @parked = ?", parked);
            SQL.execute(audit, "RUNSCRIPT FROM 'classpath:/audit.sql'");
            SQL.query(audit, "SELECT * FROM report", new ColumnListHandler<String>())
                    .forEach(System.out::println);
            return SQL.query(audit, "SELECT consistent FROM audit", new ScalarHandler<Boolean>());
        }
    }

    private static String url(String name) {
        return "jdbc:h2:file:" + path(name) + ";WRITE_DELAY=0"; // what it has committed is on disk
    }

    private static String path(String name) {
        return System.getProperty("shop.directory") + "/" + name;
    }
}
