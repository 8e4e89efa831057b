package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.testdb.MortalPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @TempDir
    Path directory;

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
                try (Customers customers = new Customers(shop, CALLERS)) {
                    customers.awaitPlaced(BEFORE);

                    server.kill();
                    int open = shop.open().size();
                    customers.awaitUnexpected(MEANWHILE);
                    server.restart();
                    customers.awaitPlaced(AFTER);
                    customers.leave();

                    List<String> violations = shop.judge(Customers.PATIENCE_MILLIS);
                    Tally.add(1, open > 0 ? 1 : 0);
                    System.out.printf(
                            "CRASH database killed: %d open at the kill, %d orders placed, %d failed, %d promises"
                                    + " broken%n",
                            open, customers.placed(), customers.failed(), violations.size());
                    assertThat(violations).isEmpty();
                    assertThat(open).as("open at the kill").isPositive();
                    assertThat(shop.facts().told())
                            .as("every call has returned")
                            .filteredOn(each -> each.answer() != Told.Answer.NOTHING)
                            .hasSize(customers.placed() + customers.failed());
                }
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
}
