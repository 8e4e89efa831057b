package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that fail: run by another one. */
class FailingOrders {

    @RegisterExtension
    final DtxExtension dtx = DtxExtension.inMemory("stock", "payments");

    @Test
    void fails() throws SQLException {
        OrderService orders = Shop.open(dtx);
        dtx.failAfter("reserve");
        assertThatThrownBy(() -> Shop.order(orders)).isInstanceOf(InjectedFailure.class);
        throw new IllegalStateException("for a reason of its own");
    }

    @DtxTest({"stock", "payments"})
    void names_a_step_that_there_is_not(DtxExtension other) throws SQLException {
        other.crashBefore("resreve");
        Shop.order(Shop.open(other));
    }
}
