package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.StepContext;
import io.dtx.runtime.testdb.H2Fixture;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often a saga of three LOCAL_TX steps appends, and how often its caller waits for that. A step's SQL takes longer here than
 * the append of its intent, which is hidden behind it then; whatever is answered while the caller is in no step, it waits for.
 */
class AppendCountsTest {

    private static final List<String> STEPS =
            List.of("StockService.reserve", "PaymentService.charge", "ShippingService.ship");
    private static final int COMMITS = 1; // an order that commits by itself

    @TempDir
    Path directory;

    private final AtomicInteger ended = new AtomicInteger();
    private volatile CountedLog log;
    private int appends;
    private int waits;

    @Test
    void three_steps_commit_with_four_appends_and_one_wait() throws Exception {
        assertThat(place(null)).isNull();

        assertThat(appends).isEqualTo(4);
        assertThat(waits).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_failure_in_step_k_takes_k_intents_a_decision_and_an_append_for_each_compensation(int k) throws Exception {
        assertThat(place(STEPS.get(k - 1))).isNotNull();

        assertThat(appends).isEqualTo(k + 1 + (k - 1));
        assertThat(waits).isLessThanOrEqualTo(2 * k + 1);
    }

    private @Nullable Throwable place(@Nullable String failing) throws Exception {
        Map<String, DataSource> databases = new LinkedHashMap<>();
        for (String each : Shop.RESOURCES) {
            databases.put(each, H2Fixture.freshDatabase().unpooled());
        }
        Shop.prepare(databases);
        try (Shop shop = new Shop(directory, databases, Map.of(), new Hiding(failing), opened -> {
            log = new CountedLog(opened, call -> ended.get() < call);
            return log;
        })) {
            shop.start();
            log.reset();
            Throwable failure = shop.place(COMMITS);
            appends = log.appends();
            waits = log.waits();
            assertThat(SagaAudit.violations(shop.facts())).isEmpty();
            return failure;
        }
    }

    /** Steps that take as long as the append of their intent. */
    private final class Hiding extends Effects {

        private final @Nullable String failing;

        Hiding(@Nullable String failing) {
            this.failing = failing;
        }

        @Override
        void add(DataSource database, int order, String direction, long amount) throws SQLException {
            int step = STEPS.indexOf(StepContext.current().stepName()) + 1;
            if (direction.equals("U")) {
                super.add(database, order, direction, amount);
                return;
            }
            try {
                super.add(database, order, direction, amount);
                awaitAppends(step); // one for each step that has begun: ends ride with the next intent
                if (StepContext.current().stepName().equals(failing)) {
                    throw new IllegalArgumentException("refused");
                }
            } finally {
                ended.set(step);
            }
        }

        private void awaitAppends(int count) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (log.appends() < count) {
                assertThat(System.nanoTime() - end)
                        .as("the intent is not appended")
                        .isNegative();
                LockSupport.parkNanos(100_000);
            }
        }
    }
}
