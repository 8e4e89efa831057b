package io.dtx.testkit;

import java.sql.SQLException;

/** The shop of the tests, in a test kit. */
final class Shop {

    private Shop() {}

    static OrderService open(TestDtx dtx) throws SQLException {
        fill(dtx);
        return dtx.create(
                OrderService.class,
                dtx.create(StockService.class, dtx.resource("stock")),
                dtx.create(PaymentService.class, dtx.resource("payments")),
                dtx.create(Carrier.class));
    }

    static void fill(TestDtx dtx) throws SQLException {
        dtx.execute(
                "stock",
                "create table item(sku varchar primary key, available int)",
                "insert into item values ('tea', 10)");
        dtx.execute(
                "payments",
                "create table account(customer varchar primary key, balance int)",
                "insert into account values ('ada', 100)");
    }

    static void order(OrderService orders) throws SQLException {
        orders.place("ada", "tea", 2, 30);
    }
}
