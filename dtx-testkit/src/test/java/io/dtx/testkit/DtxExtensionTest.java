package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.TransactionTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test can order and ask. */
class DtxExtensionTest {

    @RegisterExtension
    final DtxExtension dtx = DtxExtension.inMemory("stock", "payments");

    private OrderService orders;

    @BeforeEach
    void open() throws SQLException {
        orders = Shop.open(dtx);
    }

    @Test
    void an_order_commits() throws SQLException {
        Shop.order(orders);

        dtx.lastTransaction().assertCommitted();
        assertThat(dtx.value("stock", "select available from item")).isEqualTo(8);
        assertThat(orders.carrier().parcels()).isEqualTo(1);
    }

    @Test
    void a_step_that_fails_after_its_effect_has_everything_compensated_in_reverse_order() {
        dtx.failAfter("charge");

        assertThatThrownBy(() -> Shop.order(orders)).isInstanceOf(InjectedFailure.class);

        dtx.lastTransaction().assertCompensated("refund", "release");
        dtx.lastTransaction().assertCompensated("charge", "StockService.reserve");
        assertThatThrownBy(() -> dtx.lastTransaction().assertCompensated("release", "refund"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("compensated [release, refund] was expected, but it was [refund, release]")
                .hasMessageContaining("OrderService.place");
    }

    @Test
    void a_live_step_is_tried_again_without_waiting_for_its_back_off() throws SQLException {
        dtx.failBefore("charge");
        long begun = System.nanoTime();

        Shop.order(orders);

        dtx.lastTransaction().assertCommitted();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void a_process_that_dies_after_a_step_is_followed_by_one_that_compensates_it() throws SQLException {
        dtx.crashAfter("charge");

        assertThatThrownBy(() -> Shop.order(orders))
                .isInstanceOf(SimulatedCrash.class)
                .hasMessage("the process died after the end of PaymentService.charge");

        dtx.lastTransaction().assertCompensated("refund", "release");
        assertThat(dtx.value("payments", "select balance from account")).isEqualTo(100);
        Shop.order(orders);
        dtx.lastTransaction().assertCommitted();
    }

    @Test
    void a_process_that_dies_before_the_work_of_a_step_leaves_only_the_earlier_ones_to_compensate()
            throws SQLException {
        dtx.crashBefore("charge");

        assertThatThrownBy(() -> Shop.order(orders)).isInstanceOf(SimulatedCrash.class);

        dtx.lastTransaction().assertCompensated("release");
        assertThat(dtx.value("stock", "select available from item")).isEqualTo(10);
    }

    @Test
    void a_step_that_hangs_past_the_timeout_does_not_take_effect_and_takes_no_time() throws SQLException {
        long begun = System.nanoTime();
        dtx.hang("charge");

        assertThatThrownBy(() -> Shop.order(orders)).isInstanceOf(TransactionTimeoutException.class);

        dtx.lastTransaction().assertCompensated("release");
        assertThat(dtx.value("payments", "select balance from account")).isEqualTo(100);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void a_compensation_that_fails_is_tried_again_without_waiting_for_its_back_off() {
        dtx.failAfter("charge");
        dtx.failCompensation("charge");

        assertThatThrownBy(() -> Shop.order(orders)).isInstanceOf(InjectedFailure.class);

        RecordedTransaction order = dtx.lastTransaction().assertCompensated("refund", "release");
        assertThat(order.history().steps().get(1).compensationAttempts()).isEqualTo(2);
    }

    @Test
    void time_that_jumps_ends_a_transaction_that_is_at_work() {
        dtx.hang("ship");

        assertThatThrownBy(() -> Shop.order(orders)).isInstanceOf(TransactionTimeoutException.class);

        dtx.lastTransaction().assertCompensated("recall", "refund", "release");
        assertThat(orders.carrier().parcels()).isZero();
    }
}
