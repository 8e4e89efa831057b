package io.dtx.testkit;

import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A whole dtx for each test of a class, in memory. When a test fails, what the log knows of its transactions is told with it.
 *
 * <pre>{@code
 * @RegisterExtension
 * DtxExtension dtx = DtxExtension.inMemory("stock", "payments");
 *
 * @Test
 * void a_reservation_is_released_when_the_process_dies() {
 *     StockService stock = dtx.create(StockService.class, dtx.resource("stock"));
 *     OrderService orders = dtx.create(OrderService.class, stock);
 *     dtx.crashAfter("reserve");
 *     assertThrows(SimulatedCrash.class, () -> orders.place("ada", "tea", 2));
 *     dtx.lastTransaction().assertCompensated("release");
 * }
 * }</pre>
 */
public final class DtxExtension extends TestDtx implements AfterEachCallback, TestExecutionExceptionHandler {

    private DtxExtension(List<String> inMemory) {
        super(inMemory);
    }

    /**
     * Returns one with an empty H2 database in memory for each resource; H2 must be on the tests' class path.
     *
     * @param resources the names that {@code @SagaStep(resource = …)} uses
     */
    public static DtxExtension inMemory(String... resources) {
        return new DtxExtension(List.of(resources));
    }

    /** Adds a resource with a database of one's own; its tables, also those of dtx, stay there from test to test. */
    public DtxExtension resource(String name, DataSource database) {
        give(name, database);
        return this;
    }

    /**
     * Gives a resource a persistence unit of {@code META-INF/persistence.xml}, as {@link
     * io.dtx.runtime.Dtx.Builder#persistenceUnit}: {@code resource(name, EntityManager.class)} is then for the classes under
     * test. Needs Hibernate ORM on the tests' class path.
     */
    public DtxExtension persistenceUnit(String resource, String unit) {
        map(resource, unit);
        return this;
    }

    /** Sets a configuration key. */
    public DtxExtension config(String key, String value) {
        configure(key, value);
        return this;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        tell(failure);
        throw failure;
    }

    /** Tells what happened along with why the test failed. */
    void tell(Throwable failure) {
        String history = history();
        if (!history.isEmpty()) {
            failure.addSuppressed(new History(history));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end(context.getExecutionException().isPresent());
    }

    /** Ends a test; what it ordered and never met is a mistake in it. */
    void end(boolean failed) {
        List<String> open = openOrders();
        close();
        if (!failed && !open.isEmpty()) {
            throw new AssertionError("the test has ordered something to happen at a point that was never passed: "
                    + open + ". Is the step's name right?");
        }
    }

    /** What the log knows of a failed test's transactions. */
    private static final class History extends RuntimeException {

        private static final long serialVersionUID = 1;

        History(String text) {
            super("the transactions of this test:" + System.lineSeparator() + text, null, false, false);
        }
    }
}
