package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.testdb.MortalPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The PostgreSQL server behind all steps is killed with {@code kill -9} under load, and started again on its data. */
class DatabaseKilledTest {

    private static final int CALLERS = 6;
    private static final int BEFORE = 40;
    private static final int MEANWHILE = 20;
    private static final int AFTER = 40;
    private static final long PATIENCE_MILLIS = 60_000;

    @TempDir
    Path directory;

    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile boolean enough;

    @Test
    @Timeout(240)
    void nothing_is_lost_callers_are_told_the_truth_and_everything_ends_once_it_is_back() throws Exception {
        try (MortalPostgres server = new MortalPostgres()) {
            Map<String, DataSource> databases = databases(server);
            try (Shop shop = new Shop(
                    directory,
                    databases,
                    Map.of("dtx.compensation.wait", "500ms", "dtx.compensation.attempt-timeout", "2s"),
                    new Effects(),
                    log -> log)) {
                shop.start();
                ExecutorService callers = callers(shop);
                await(() -> placed.get() >= BEFORE);

                server.kill();
                int open = shop.open().size();
                int failures = failed.get();
                await(() -> failed.get() >= failures + MEANWHILE);
                server.restart();
                int successes = placed.get();
                await(() -> placed.get() >= successes + AFTER);
                enough = true;
                callers.shutdown();
                assertThat(callers.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                        .as("no caller hangs")
                        .isTrue();

                List<String> violations = shop.judge(PATIENCE_MILLIS);
                Tally.add(1, open > 0 ? 1 : 0);
                System.out.printf(
                        "CRASH database killed: %d open at the kill, %d orders placed, %d failed, %d promises broken%n",
                        open, placed.get(), failed.get(), violations.size());
                assertThat(violations).isEmpty();
                assertThat(open).as("open at the kill").isPositive();
                assertThat(shop.facts().told())
                        .as("every call has returned")
                        .filteredOn(each -> each.answer() != Told.Answer.NOTHING)
                        .hasSize(placed.get() + failed.get());
            }
        }
    }

    private static Map<String, DataSource> databases(MortalPostgres server) throws SQLException {
        Map<String, DataSource> databases = new LinkedHashMap<>();
        for (String each : Shop.RESOURCES) {
            databases.put(each, server.database(each).unpooled());
        }
        Shop.prepare(databases);
        return databases;
    }

    private ExecutorService callers(Shop shop) {
        AtomicInteger next = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> {
                while (!enough) {
                    (shop.place(next.incrementAndGet()) == null ? placed : failed).incrementAndGet();
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
