package io.dtx.examples.cluster;

import io.dtx.examples.quickstart.Order;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the databases say.
 *
 * @param effects by order, in how many of the three databases it is in effect; not those that are in none
 * @param wrong what does not fit the orders
 */
record Books(Map<Long, Integer> effects, List<String> wrong) {

    private static final String ARTICLES =
            "SELECT sku FROM articles a WHERE available <> opening - (SELECT coalesce(sum(quantity), 0)"
                    + " FROM reservations r WHERE r.sku = a.sku AND undone_at IS NULL)";
    private static final String ACCOUNTS =
            "SELECT customer FROM accounts a WHERE credit <> opening - (SELECT coalesce(sum(amount), 0)"
                    + " FROM payments p WHERE p.customer = a.customer AND undone_at IS NULL)";

    static Books read(Databases databases) throws SQLException {
        Books books = new Books(new TreeMap<>(), new ArrayList<>());
        books.count(
                databases.column("stock", rows("sku, quantity", "reservations")),
                order -> order.sku() + " " + order.quantity());
        books.count(
                databases.column("payments", rows("customer, amount", "payments")),
                order -> order.customer() + " " + order.price().multiply(BigDecimal.valueOf(order.quantity())));
        books.count(
                databases.column("shipments", rows("sku, quantity", "shipments")),
                order -> order.sku() + " " + order.quantity());
        databases.column("stock", ARTICLES).forEach(each -> books.wrong.add("the shelf of " + each));
        databases.column("payments", ACCOUNTS).forEach(each -> books.wrong.add("the account of " + each));
        return books;
    }

    private static String rows(String columns, String table) {
        return "SELECT concat_ws(' ', order_id, " + columns + ") FROM " + table + " WHERE undone_at IS NULL";
    }

    private void count(List<String> rows, Function<Order, String> expected) {
        for (String row : rows) {
            long number = Long.parseLong(row.substring(0, row.indexOf(' ')));
            effects.merge(number, 1, Integer::sum);
            if (!row.equals(number + " " + expected.apply(Orders.number(number)))) {
                wrong.add("the row " + row);
            }
        }
    }
}
