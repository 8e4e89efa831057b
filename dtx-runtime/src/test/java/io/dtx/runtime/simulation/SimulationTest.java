package io.dtx.runtime.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.simulation.kernel.History;
import io.dtx.runtime.simulation.kernel.Runner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final long SLICE_SECONDS = 5;
    private static final long HISTORIES_MIN = 50;

    @Test
    void one_seed_is_one_history_in_whatever_loader_and_order_and_on_whatever_threads() {
        Simulation one = new Simulation(Map.of(), new Tally());
        Simulation other = new Simulation(Map.of(), new Tally(), Runner.onThreads());
        long[] hashes = new long[30];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = one.run(i, false).hash();
        }
        for (int i = hashes.length - 1; i >= 0; i--) {
            History again = other.run(i, i % 2 == 0);
            assertThat(again.hash()).as("hash of seed " + i).isEqualTo(hashes[i]);
        }
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void no_history_breaks_a_promise() throws IOException {
        long minutes = Long.getLong("dtx.simulation.minutes", 0);
        long seed = Long.getLong("dtx.simulation.seed", System.nanoTime());
        String file = System.getProperty("dtx.simulation.file");
        Campaign campaign = new Campaign(file == null ? null : Path.of(file), seed);
        campaign.run(
                minutes > 0 ? TimeUnit.MINUTES.toNanos(minutes) : TimeUnit.SECONDS.toNanos(SLICE_SECONDS),
                HISTORIES_MIN);
        assertThat(campaign.effects()).as("effects").isGreaterThan(100);
    }
}
