package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Visits every state of the model worlds within bounds. Letters of the bounds: see {@link SagaBounds}; with
 * {@code -Ddtx.explore=deep -Ddtx.test.jvm=-Xmx5g} the bounds are wider: 8.7 million states in a few minutes.
 */
class ExplorationTest {

    private static final long STATES_MAX = 20_000_000;

    static Stream<SagaBounds> bounds() {
        List<SagaBounds> usual = List.of(
                SagaBounds.parse("one guarded step, two claimers", "L,1,2,ouvftskg,2,0"),
                SagaBounds.parse("one guarded step, tried twice, owner claims", "L,2,1,ouvftskgaw,2,0"),
                SagaBounds.parse("one guarded step, claimer expires", "L,1,2,outsc,2,0"),
                SagaBounds.parse("one guarded step, operator", "L,1,1,ouvtkps,2,2"),
                SagaBounds.parse("one external step, two claimers", "E,1,2,ouftkgc,2,0"),
                SagaBounds.parse("a step in another process", "R,1,1,oxutga,1,0"),
                SagaBounds.parse("two guarded steps", "LL,1,1,ouvftsga,2,0"),
                SagaBounds.parse("two steps, mixed, operator", "EL,1,1,otkp,1,1"),
                SagaBounds.parse("three steps, mixed", "LEL,1,1,outga,1,0"),
                SagaBounds.parse("four steps, mixed", "LLEL,1,1,outa,1,0"));
        List<SagaBounds> deep = List.of(
                SagaBounds.parse("deep: one guarded step", "L,1,2,ouvftskgc,2,0"),
                SagaBounds.parse("deep: one guarded step, two claimers, operator", "L,1,2,outkps,2,1"),
                SagaBounds.parse("deep: one external step, tried twice, owner claims", "E,2,1,ouftkgaw,2,0"),
                SagaBounds.parse("deep: one external step, tried twice, claimer expires", "E,2,2,ouftgc,2,0"),
                SagaBounds.parse("deep: a step in another process and one here", "RL,1,1,oxutga,2,0"),
                SagaBounds.parse("deep: two guarded steps, two claimers", "LL,1,2,outsga,2,0"),
                SagaBounds.parse("deep: three guarded steps", "LLL,1,1,ouvftsga,2,0"),
                SagaBounds.parse("deep: four steps, mixed", "LELE,1,1,ouftkga,2,0"));
        return "deep".equals(System.getProperty("dtx.explore"))
                ? Stream.concat(usual.stream(), deep.stream())
                : usual.stream();
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void every_interleaving_of_a_saga_keeps_the_invariants(SagaBounds bounds) {
        long start = System.nanoTime();
        SagaModel model = new SagaModel(bounds, new TransitionCoverage());
        Explorer.Result result = new Explorer<SagaWorld>(STATES_MAX).explore(model.start());
        report(bounds.toString(), result, start);
    }

    @Test
    void every_interleaving_of_a_two_phase_commit_keeps_the_invariants() {
        long start = System.nanoTime();
        AtomicModel model = new AtomicModel(new TransitionCoverage());
        report("two-phase commit", new Explorer<AtomicWorld>(STATES_MAX).explore(model.start()), start);
    }

    private static void report(String bounds, Explorer.Result result, long start) {
        System.out.printf(
                "explored %s: %,d states, %,d transitions, depth %d, %,d ms%n",
                bounds, result.states(), result.edges(), result.depth(), (System.nanoTime() - start) / 1_000_000);
        assertThat(result.violation())
                .as(() -> bounds + "\n" + String.join("\n", result.trace()))
                .isNull();
        assertThat(result.states()).isGreaterThan(100);
    }
}
