package io.dtx.runtime.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.coordinator.MutatedSources;
import io.dtx.runtime.simulation.kernel.History;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlantedBugsTest {

    private static final long NANOS_MAX = TimeUnit.MINUTES.toNanos(10);

    /** They take a few histories each: the rest is a campaign's. */
    private static final Set<String> BY_DEFAULT = Set.of(
            "doubt is taken for failure",
            "a step without a guard row is not closed",
            "log time begins anew at a start");

    static List<PlantedBug> bugs() {
        boolean all = Long.getLong("dtx.simulation.minutes", 0) > 0;
        return PlantedBug.ALL.stream()
                .filter(each -> all || BY_DEFAULT.contains(each.name()))
                .toList();
    }

    @Test
    void every_planted_bug_has_its_place_in_the_sources() throws IOException {
        MutatedSources sources = new MutatedSources(PlantedBug.PACKAGES);
        for (PlantedBug each : PlantedBug.ALL) {
            each.changes()
                    .keySet()
                    .forEach(text ->
                            assertThat(sources.place(text)).as(each.name()).exists());
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void a_planted_bug_is_found(PlantedBug bug) throws IOException {
        Simulation simulation = new Simulation(bug.classes(new MutatedSources(PlantedBug.PACKAGES)), new Tally());
        History found = simulation.search(1, NANOS_MAX);
        System.out.println("planted: " + bug.name() + " -> "
                + (found == null
                        ? "nothing in " + simulation.figures()
                        : "seed " + found.seed() + ": " + found.complaints().get(0)));
        assertThat(found).as(bug.name()).isNotNull();
    }
}
