package io.dtx.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.testkit.DtxExtension;
import io.dtx.testkit.Ending;
import io.dtx.testkit.TestDtx;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever goes wrong at whichever point of an order: all three databases have it, or none has. */
class EveryCrashTest {

    private static final Order ORDER = new Order(7, "Ada", "lamp", 2, new BigDecimal("9.50"));

    @RegisterExtension
    final DtxExtension dtx = DtxExtension.inMemory("stock", "payments", "shipments");

    @TestFactory
    Stream<DynamicTest> an_order_is_in_effect_in_all_databases_or_in_none() throws Exception {
        return dtx.everyCrash(
                shop -> open(shop, StockService.class), orders -> orders.place(ORDER), EveryCrashTest::audit);
    }

    @Test
    void a_compensation_that_is_broken_is_found_with_the_order_that_it_leaves_half_done() throws Exception {
        List<DynamicTest> tests = dtx.everyCrash(
                        shop -> open(shop, ForgetfulStockService.class),
                        orders -> orders.place(ORDER),
                        EveryCrashTest::audit)
                .toList();

        assertThat(firstFailure(tests))
                .hasMessageContaining("order 7 is left half done: reserved, not charged, not shipped")
                .hasMessageContaining("OrderService.place  COMPENSATED")
                .hasMessageContaining("stock.RESERVATIONS + ORDER_ID=7 SKU=lamp QUANTITY=2");
    }

    private static OrderService open(TestDtx shop, Class<? extends StockService> stock) throws SQLException {
        for (String name : List.of("stock", "payments", "shipments")) {
            shop.execute(name, "RUNSCRIPT FROM 'classpath:/" + name + ".sql'");
        }
        shop.execute("stock", "INSERT INTO articles VALUES ('lamp', 10, 10)");
        shop.execute("payments", "INSERT INTO accounts VALUES ('Ada', 100, 100)");
        OrderService orders = shop.create(OrderService.class);
        orders.stock = shop.create(stock);
        orders.stock.stock = shop.resource("stock");
        orders.payments = shop.create(PaymentService.class);
        orders.payments.payments = shop.resource("payments");
        orders.shipping = shop.create(ShippingService.class);
        orders.shipping.shipments = shop.resource("shipments");
        return orders;
    }

    private static void audit(Ending ending) throws SQLException {
        boolean reserved = isInEffect(ending, "stock", "reservations");
        boolean charged = isInEffect(ending, "payments", "payments");
        boolean shipped = isInEffect(ending, "shipments", "shipments");
        assertThat(reserved == charged && charged == shipped && shipped == ending.isCommitted())
                .as(
                        "order 7 is left half done: %sreserved, %scharged, %sshipped",
                        not(reserved), not(charged), not(shipped))
                .isTrue();
        assertThat(ending.value("stock", "SELECT available FROM articles")).isEqualTo(reserved ? 8 : 10);
        assertThat(ending.value("payments", "SELECT credit FROM accounts"))
                .isEqualTo(new BigDecimal(charged ? "81.00" : "100.00"));
    }

    private static boolean isInEffect(Ending ending, String resource, String table) throws SQLException {
        return (boolean) ending.value(resource, "SELECT EXISTS(SELECT * FROM " + table + " WHERE undone_at IS NULL)");
    }

    private static String not(boolean holds) {
        return holds ? "" : "not ";
    }

    private static Throwable firstFailure(List<DynamicTest> tests) throws Exception {
        for (DynamicTest each : tests) {
            try {
                each.getExecutable().execute();
            } catch (Throwable e) {
                return e;
            }
        }
        throw new AssertionError("none of " + tests.size() + " tests has found it");
    }
}
