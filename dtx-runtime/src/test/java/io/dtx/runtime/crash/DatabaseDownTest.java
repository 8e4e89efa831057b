package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.CompensationIncompleteException;
import io.dtx.StepContext;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of three PostgreSQL databases cannot be reached: at start, between two steps, while a compensation is due. */
class DatabaseDownTest {

    private static final int COMMITS = 1;
    private static final int FAILS_AFTER_THREE_STEPS = 4;

    @TempDir
    Path directory;

    private final Map<String, DataSource> databases = new LinkedHashMap<>();
    private Cable cable;

    @BeforeEach
    void makeDatabases() throws IOException, SQLException {
        cable = Cable.toPayments(databases);
    }

    @AfterEach
    void cutTheCable() {
        cable.close();
    }

    @Test
    void a_database_that_goes_down_before_a_step_fails_the_saga_and_what_was_done_is_undone() throws Exception {
        try (Shop shop = shop(new CutAfter("StockService.reserve"))) {
            shop.start();

            Throwable failure = shop.place(COMMITS);

            assertThat(failure).hasMessageContaining("DTX-3001").hasMessageContaining("payments");
            shop.awaitQuiet(10_000); // nothing of it waits for the database
            cable.mend();
            assertThat(shop.place(COMMITS + 1)).isNull();
            assertThat(shop.judge(10_000)).isEmpty();
        }
    }

    @Test
    void a_compensation_waits_for_its_database_also_over_restarts_and_a_start_without_it_says_so() throws Exception {
        Shop dying = shop(new CutAfter("ShippingService.ship"));
        dying.start();
        Throwable failure = dying.place(FAILS_AFTER_THREE_STEPS);
        assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(CompensationIncompleteException.class);
        dying.close();

        for (int i = 0; i < 2; i++) {
            Shop refused = shop(new Effects());
            assertThatThrownBy(refused::start)
                    .hasMessageStartingWith("DTX-3001")
                    .hasMessageContaining("\"payments\"")
                    .hasMessageContaining("Start the database");
        }

        cable.mend();
        try (Shop next = shop(new Effects())) {
            next.start();
            assertThat(next.judge(10_000)).isEmpty();
            assertThat(next.facts().effects())
                    .filteredOn(each -> each.direction() == 'U')
                    .hasSize(3);
            assertThat(next.place(COMMITS)).isNull();
        }
    }

    @Test
    void a_compensation_whose_database_comes_back_is_finished_while_the_process_lives() throws Exception {
        try (Shop shop = shop(new CutAfter("ShippingService.ship"))) {
            shop.start();
            Throwable failure = shop.place(FAILS_AFTER_THREE_STEPS);
            assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(CompensationIncompleteException.class);
            assertThat(shop.open()).hasSize(1);

            cable.mend();

            assertThat(shop.judge(10_000)).isEmpty();
        }
    }

    private Shop shop(Effects effects) throws IOException {
        return new Shop(
                directory,
                databases,
                Map.of("dtx.compensation.wait", "1s", "dtx.compensation.attempt-timeout", "2s"),
                effects,
                log -> log);
    }

    /** Cuts the cable in the middle of a step, once. */
    private final class CutAfter extends Effects {

        private final String step;
        private boolean done;

        CutAfter(String step) {
            this.step = step;
        }

        @Override
        void add(DataSource database, int order, String direction, long amount) throws SQLException {
            super.add(database, order, direction, amount);
            if (direction.equals("D") && StepContext.current().stepName().equals(step) && !done) {
                done = true;
                cable.cut();
            }
        }
    }
}
