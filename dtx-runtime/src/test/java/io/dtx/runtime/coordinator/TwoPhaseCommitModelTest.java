package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The state machine beside the log of the Spin model of two-phase commit and takeover, {@code docs/models/two-phase-commit.pml}.
 * Spin proves that with that log no branch commits while another one is rolled back; here the product's does what that log does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoPhaseCommitModelTest {

    private MutatedSources sources;

    private record Bug(String name, String find, String replacement) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void read_the_sources() throws IOException {
        sources = new MutatedSources();
    }

    static List<Bug> bugs() {
        return List.of(
                new Bug("the fence is ignored", "if (!sender.isOpen()) {", "if (!sender.isOpen() && number < 0) {"),
                new Bug(
                        "numbers are ignored",
                        "boolean repeated = number <= sender.lastNumber();",
                        "boolean repeated = false;"),
                new Bug(
                        "a decision stays with the dead",
                        "if (tx.owner() != session || !tx.isLive()) {",
                        "if (tx.owner() != session || !tx.isLive() || tx.record() != null) {"),
                new Bug(
                        "a decision is claimed from the living",
                        "return tx.owner() == 0 && tx.reentryAt() <= time ?",
                        "return tx.reentryAt() <= time ?"),
                new Bug(
                        "an older record replaces a newer one",
                        "if (command.version() <= record.version()) {",
                        "if (command.version() < 0) {"),
                new Bug(
                        "a claim is not counted",
                        "tx.withOwner(origin.session(), command.attempt(), 0)",
                        "tx.withOwner(origin.session(), 0, 0)"),
                new Bug(
                        "forgetting hides what a resource manager decided",
                        "tx.status() == HEURISTIC_MIXED ? HEURISTIC_MIXED : COMMITTED, origin",
                        "COMMITTED, origin"));
    }

    @Test
    void the_state_machine_takes_every_step_that_the_models_log_takes() throws Exception {
        String found = ModelWalk.all();
        System.out.println("the model of two-phase commit: " + found);
        assertThat(found).isEqualTo("nothing in 1128 steps from 124 states");
    }

    @Tag("exploration") // of sources, which mutations of classes do not reach
    @ParameterizedTest
    @MethodSource("bugs")
    void a_planted_bug_is_found(Bug bug) throws Exception {
        ClassLoader mutated = sources.with(bug.find, bug.replacement);
        Object found =
                mutated.loadClass(ModelWalk.class.getName()).getMethod("all").invoke(null);
        System.out.println("planted: " + bug + " -> " + found);
        assertThat(found).asString().doesNotStartWith("nothing");
    }
}
