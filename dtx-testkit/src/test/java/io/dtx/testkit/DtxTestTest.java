package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Tests with an annotation in place of a field, and what a test that fails says. */
@DtxTest({"stock", "payments"})
class DtxTestTest {

    private OrderService orders;

    @BeforeEach
    void open(DtxExtension dtx) throws SQLException {
        orders = Shop.open(dtx);
    }

    @Test
    void each_test_has_databases_of_its_own(DtxExtension dtx) throws SQLException {
        orderOnce(dtx);
    }

    @Test
    void each_other_test_as_well(DtxExtension dtx) throws SQLException {
        orderOnce(dtx);
    }

    private void orderOnce(DtxExtension dtx) throws SQLException {
        Shop.order(orders);
        dtx.lastTransaction().assertCommitted();
        assertThat(dtx.value("stock", "select available from item")).isEqualTo(8);
    }

    @Test
    void a_test_that_fails_tells_the_history_of_its_transactions() {
        Throwable failure = failuresOf(FailingOrders.class).get("fails()");

        assertThat(failure).hasMessage("for a reason of its own");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0])
                .hasMessageContaining("OrderService.place  COMPENSATED")
                .hasMessageContaining("StockService.reserve");
    }

    @Test
    void an_order_that_never_met_its_point_fails_the_test() {
        assertThat(failuresOf(FailingOrders.class).get("names_a_step_that_there_is_not(DtxExtension)"))
                .hasMessageContaining("at a point that was never passed: [before the work of resreve]");
    }

    private static Map<String, Throwable> failuresOf(Class<?> tests) {
        Map<String, Throwable> failures = new ConcurrentHashMap<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failure -> failures.put(test.getDisplayName(), failure));
            }
        });
        return failures;
    }
}
