package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedBugsTest {

    /** The anomalies that a state and the processes around it can show; damage and formats are the log's. */
    private static final List<String> CATALOGUE = List.of(
            "lost compensation",
            "double compensation",
            "out-of-order compensation",
            "hanging step",
            "empty compensation rejected",
            "zombie orchestrator",
            "split decision",
            "partial commit",
            "forgotten in-doubt",
            "double execution by client retry",
            "phantom failure",
            "resurrected finished transaction",
            "lost arguments on replay",
            "orphan XA branch",
            "heuristic hidden",
            "poison transaction blocking others");

    private MutatedSources sources;

    @BeforeAll
    void read_the_sources() throws IOException {
        sources = new MutatedSources();
    }

    static List<PlantedBug> in_the_state() {
        return PlantedBug.IN_THE_STATE;
    }

    static List<PlantedBug> in_the_world() {
        return PlantedBug.IN_THE_WORLD;
    }

    static Stream<String> worlds() {
        return Stream.concat(PlantedBug.IN_THE_STATE.stream(), PlantedBug.IN_THE_WORLD.stream())
                .map(PlantedBug::world)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("in_the_state")
    void a_bug_planted_in_the_coordinator_is_found(PlantedBug bug) throws Exception {
        ClassLoader mutated = sources.with(bug.find(), bug.replacement());
        Class<?> hunt = mutated.loadClass(Hunt.class.getName());
        Object found = hunt.getMethod("search", String.class, String.class).invoke(null, bug.world(), "");
        assertFound(bug, String.valueOf(found));
    }

    @ParameterizedTest
    @MethodSource("in_the_world")
    void a_bug_planted_in_the_model_world_is_found(PlantedBug bug) {
        assertFound(bug, Hunt.search(bug.world(), bug.model()));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void without_a_bug_the_same_search_finds_nothing(String world) {
        assertThat(Hunt.search(world, "")).startsWith("nothing in ");
    }

    @Test
    void every_anomaly_of_the_catalogue_has_a_planted_bug() {
        assertThat(Stream.concat(PlantedBug.IN_THE_STATE.stream(), PlantedBug.IN_THE_WORLD.stream())
                        .map(PlantedBug::anomaly))
                .containsAll(CATALOGUE);
    }

    @Test
    void a_loader_without_a_change_finds_nothing() throws Exception {
        Class<?> hunt = MutatedSources.unchanged().loadClass(Hunt.class.getName());
        assertThat(hunt).isNotSameAs(Hunt.class);
        assertThat(hunt.getMethod("search", String.class, String.class).invoke(null, "ATOMIC", ""))
                .asString()
                .startsWith("nothing in ");
    }

    private static void assertFound(PlantedBug bug, String found) {
        System.out.println("planted: " + bug.name() + " [" + bug.anomaly() + "] -> " + found);
        assertThat(found).doesNotStartWith("nothing");
    }
}
