package io.dtx.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.coordinator.MutatedSources;
import io.dtx.runtime.simulation.kernel.History;
import io.dtx.runtime.simulation.kernel.Schedules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sagas that tasks carry, under many schedules; and with bugs that are planted in the product's sources. */
class SharedSagaSchedulesTest {

    private static final int SCHEDULES = Integer.getInteger("dtx.schedules", 5_000);

    @Test
    void a_saga_is_decided_with_all_of_its_tasks_or_rolled_back_in_every_schedule() {
        @Nullable History broken = new Schedules(SharedSagaPlay.class, Map.of()).search(SCHEDULES);
        assertThat(broken == null ? List.of() : broken.complaints())
                .as(() -> "schedule " + (broken == null ? 0 : broken.seed()))
                .isEmpty();
    }

    static Stream<Arguments> bugs() {
        return Stream.of(
                Arguments.of(
                        "a task may begin between the last look and the end",
                        "over = openTasks == 0;\n            return openTasks;",
                        "return openTasks;"),
                Arguments.of(
                        "the decision does not wait for the step that runs",
                        "turn.lock();\n        try {\n            assert over;",
                        "boolean held = turn.tryLock();\n        if (!held) {\n            return;\n        }\n"
                                + "        try {\n            assert over;"),
                Arguments.of(
                        "who has waited for a turn does not look again",
                        "refuseIfOver(step.name());\n            return body.run();",
                        "return body.run();"),
                Arguments.of(
                        "a task that was refused is waited for",
                        "carried.abandon();\n            throw refused;",
                        "throw refused;"),
                Arguments.of("nobody hears of the last task", "allEnded.signalAll();", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void a_planted_bug_is_found(String name, String find, String replacement) throws IOException {
        MutatedSources sources = new MutatedSources(List.of("invoke"));
        History found = new Schedules(SharedSagaPlay.class, sources.changed(find, replacement)).search(SCHEDULES);
        assertThat(found).as(name).isNotNull();
    }
}
