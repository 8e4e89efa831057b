package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The matrix of a shop in which nothing is wrong. */
class EveryCrashTest {

    @RegisterExtension
    final DtxExtension dtx = DtxExtension.inMemory("stock", "payments");

    @TestFactory
    Stream<DynamicTest> an_order_is_whole_or_nothing() throws Exception {
        OrderService[] orders = new OrderService[1];
        return dtx.everyCrash(
                shop -> {
                    orders[0] = Shop.open(shop);
                    return orders[0];
                },
                Shop::order,
                ending -> {
                    ending.assertAllOrNothing();
                    assertThat(orders[0].carrier().parcels()).isEqualTo(ending.isCommitted() ? 1 : 0);
                });
    }
}
