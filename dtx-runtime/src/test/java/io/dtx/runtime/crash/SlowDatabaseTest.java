package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
    private static final long PATIENCE_MILLIS = 60_000;

    @TempDir
    Path directory;

    private final Map<String, DataSource> databases = new LinkedHashMap<>();
    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private Cable cable;
    private volatile boolean enough;

    @BeforeEach
    void makeDatabases() throws Exception {
        for (String each : Shop.RESOURCES) {
            TestDatabase database = PostgresFixture.freshDatabase();
            if (each.equals("payments")) {
                URI server = URI.create(database.url().substring("jdbc:".length()));
                cable = new Cable(server.getPort());
                database = new TestDatabase(
                        "jdbc:postgresql://localhost:" + cable.port() + server.getPath(),
                        database.user(),
                        database.password());
            }
            databases.put(each, database.unpooled());
        }
        Shop.prepare(databases);
    }

    @AfterEach
    void cutTheCable() {
        enough = true;
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
            ExecutorService callers = callers(shop);
            for (int slow = 0; slow < SLOW; slow++) {
                int before = placed.get();
                await(() -> placed.get() >= before + 20);
                int failures = failed.get();
                cable.delay(DELAY_MILLIS + random.nextInt(DELAY_MILLIS));
                await(() -> failed.get() > failures);
                cable.delay(0);
                int after = placed.get();
                await(() -> placed.get() >= after + 20);
            }
            enough = true;
            callers.shutdown();
            assertThat(callers.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                    .as("no caller hangs")
                    .isTrue();

            List<String> violations = shop.judge(PATIENCE_MILLIS);
            System.out.printf(
                    "CRASH slow database, seed %d: slow %d times, %d orders placed, %d failed, %d promises broken%n",
                    seed, SLOW, placed.get(), failed.get(), violations.size());
            assertThat(violations).isEmpty();
            Tally.add(SLOW, SLOW);
        }
    }

    private ExecutorService callers(Shop shop) {
        AtomicInteger next = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> {
                while (!enough) {
                    int order = next.incrementAndGet();
                    (shop.place(order) == null ? placed : failed)
                            .addAndGet(Orders.isRefused(order) || Orders.isRegretted(order) ? 0 : 1);
                }
            });
        }
        return callers;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
