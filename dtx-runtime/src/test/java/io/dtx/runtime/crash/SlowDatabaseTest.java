package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.campaign.Tally;
import java.nio.file.Path;
import java.sql.SQLTimeoutException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One database of three becomes so slow that orders outlast their deadlines in the middle of a statement, under load. */
class SlowDatabaseTest {

    private static final int SLOW = Integer.getInteger("crash.slow", 1);
    private static final int CALLERS = 3;
    private static final int DELAY_MILLIS = 1_000; // of each message at least; a step takes several

    @TempDir
    Path directory;

    private final Map<String, DataSource> databases = new LinkedHashMap<>();
    private Cable cable;

    @BeforeEach
    void makeDatabases() throws Exception {
        cable = Cable.toPayments(databases);
    }

    @AfterEach
    void cutTheCable() {
        cable.close();
    }

    @Test
    @Timeout(600)
    void orders_that_outlast_their_deadlines_are_undone_and_callers_are_told_the_truth() throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        Random random = new Random(seed);
        try (Shop shop = new Shop(
                directory,
                databases,
                Map.of(
                        "dtx.transaction.timeout", "2s",
                        "dtx.compensation.wait", "500ms",
                        "dtx.compensation.attempt-timeout", "2s"),
                new Effects(),
                log -> log)) {
            shop.start();
            try (Customers customers = new Customers(shop, CALLERS)) {
                for (int slow = 0; slow < SLOW; slow++) {
                    customers.awaitPlaced(20);
                    cable.delay(DELAY_MILLIS + random.nextInt(DELAY_MILLIS));
                    customers.awaitUnexpected(1);
                    cable.delay(0);
                    customers.awaitPlaced(20);
                }
                customers.leave();

                List<String> violations = shop.judge(Customers.PATIENCE_MILLIS);
                System.out.printf(
                        "CRASH slow database, seed %d: slow %d times, %d orders placed, %d failed, %d promises"
                                + " broken%n",
                        seed, SLOW, customers.placed(), customers.unexpected(), violations.size());
                assertThat(violations).isEmpty();
                assertThat(customers.failures())
                        .as("outlasted its deadline")
                        .anyMatch(each ->
                                each instanceof TransactionTimeoutException || each instanceof SQLTimeoutException);
                Tally.add(SLOW, SLOW);
            }
        }
    }
}
