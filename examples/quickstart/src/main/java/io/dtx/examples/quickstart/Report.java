package io.dtx.examples.quickstart;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What became of the orders, by the three databases.
 *
 * @param orders all of them
 * @param committed are reserved, charged and shipped
 * @param compensated have nothing of it
 * @param inDoubt have some of it
 * @param recovered were begun by a worker that died, and taken back by its successor
 * @param wrong articles and customers whose balance does not fit the orders
 * @param parked transactions wait for an operator
 */
record Report(int orders, int committed, int compensated, int inDoubt, int recovered, int wrong, int parked) {

    /** Looks at all three databases through one that links to them. */
    static Report of(int parked) throws SQLException {
        try (Connection audit = DriverManager.getConnection("jdbc:h2:mem:audit");
                Statement statement = audit.createStatement()) {
            link(statement, "stock", "orders", "articles", "reservations", "workers");
            link(statement, "payments", "accounts", "payments");
            link(statement, "shipments", "shipments");
            statement.execute("RUNSCRIPT FROM 'classpath:/audit.sql'");
            try (ResultSet row = statement.executeQuery("SELECT * FROM audit")) {
                row.next();
                return new Report(
                        row.getInt("orders"),
                        row.getInt("committed"),
                        row.getInt("compensated"),
                        row.getInt("in_doubt"),
                        row.getInt("recovered"),
                        row.getInt("wrong"),
                        parked);
            }
        }
    }

    boolean isConsistent() {
        return committed + compensated == orders && inDoubt == 0 && wrong == 0 && parked == 0;
    }

    void print() {
        System.out.printf(
                """

                %6d orders
                %6d committed:   reserved, charged and shipped
                %6d compensated: nothing left in any database
                %6d in doubt:    in some databases only
                %6d parked:      waiting for an operator
                %6d recovered:   begun by the killed worker, taken back by its successor
                %6d wrong:       balances of articles and customers that do not fit the orders

                RESULT consistent=%b orders=%d committed=%d compensated=%d parked=%d in-doubt=%d recovered=%d%n""",
                orders,
                committed,
                compensated,
                inDoubt,
                parked,
                recovered,
                wrong,
                isConsistent(),
                orders,
                committed,
                compensated,
                parked,
                inDoubt,
                recovered);
    }

    private static void link(Statement statement, String database, String... tables) throws SQLException {
        for (String table : tables) {
            statement.execute("CREATE LINKED TABLE " + table + "(NULL, '" + Databases.url(database) + "', 'sa', '', '"
                    + table.toUpperCase(java.util.Locale.ROOT) + "') READONLY");
        }
    }
}
