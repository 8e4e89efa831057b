package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.simulation.kernel.History;
import io.dtx.runtime.simulation.kernel.Schedules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Classes whose threads wait for each other's wake-ups, under many schedules of the simulation's scheduler, which is cheap enough
 * for that; and with bugs that are planted in the product's sources.
 */
class SchedulesTest {

    private static final int SCHEDULES = Integer.getInteger("dtx.schedules", 5_000);

    @ParameterizedTest
    @ValueSource(
            classes = {
                BatcherPlay.class,
                BatcherPlay.OverNetwork.class,
                IntakePlay.class,
                OwnSessionsPlay.class,
                ActionDriverPlay.class
            })
    void nothing_is_left_lying_in_any_schedule(Class<? extends Runnable> play) {
        @Nullable History broken = new Schedules(play, Map.of()).search(SCHEDULES);
        assertThat(broken == null ? List.of() : broken.complaints())
                .as(() -> "schedule " + (broken == null ? 0 : broken.seed()))
                .isEmpty();
    }

    static Stream<Arguments> bugs() {
        return Stream.of(
                Arguments.of(
                        "who hands over lets go too late",
                        BatcherPlay.class,
                        "inFlight.set(false);\n        if (isWaiterWoken()) {",
                        "boolean woken = isWaiterWoken();\n        inFlight.set(false);\n        if (woken) {"),
                Arguments.of(
                        "who gives up tells nobody that it was to go on",
                        BatcherPlay.class,
                        "waiter = null;\n                batcher.unattended();",
                        "waiter = null;"),
                Arguments.of(
                        "who brings an answer does not look at the queue",
                        BatcherPlay.OverNetwork.class,
                        "} else if (land(was, replies)) {\n            sendQueued();",
                        "} else if (land(was, replies) && was.left) {\n            sendQueued();"),
                Arguments.of(
                        "whoever is not answered wakes the thread that goes on before it says so",
                        BatcherPlay.OverNetwork.class,
                        "unanswered.left = true;\n        if (ended) {\n            fail(unanswered.flight, unheard());\n"
                                + "        } else {\n            LockSupport.unpark(thread);\n        }",
                        "LockSupport.unpark(thread);\n        unanswered.left = true;\n        if (ended) {\n"
                                + "            fail(unanswered.flight, unheard());\n        }"),
                Arguments.of(
                        "an entry lets go after its last look at the queue",
                        IntakePlay.class,
                        "flight.release();\n        appendQueued();\n    }\n\n    /** Takes what",
                        "appendQueued();\n        flight.release();\n    }\n\n    /** Takes what"),
                Arguments.of(
                        "who has appended does not look at the queue again",
                        IntakePlay.class,
                        "while (!queue.isEmpty() && flight.tryAcquire()) {",
                        "if (!queue.isEmpty() && flight.tryAcquire()) {"),
                Arguments.of(
                        "a session is used before its commands are numbered",
                        OwnSessionsPlay.class,
                        "batcher.numberFor(session);\n            current = session;",
                        "current = session;\n            batcher.numberFor(session);"),
                Arguments.of(
                        "a session is used before everybody knows it",
                        OwnSessionsPlay.class,
                        "beforeUse.accept(next.id());\n                    use(next);",
                        "use(next);\n                    beforeUse.accept(next.id());"),
                Arguments.of(
                        "two who say that a session has ended open two",
                        OwnSessionsPlay.class,
                        "session.id() != id || session.isEnded() || closed) {",
                        "session.id() != id || closed) {"),
                Arguments.of(
                        "who waits for the next session is not told of it",
                        OwnSessionsPlay.class,
                        "current = session;\n            changed.signalAll();",
                        "current = session;"),
                Arguments.of(
                        "who waits for the next session is not told that there will be none",
                        OwnSessionsPlay.class,
                        "closed = true;\n            changed.signalAll();",
                        "closed = true;"),
                Arguments.of(
                        "wake-ups during a scan are taken for answered",
                        ActionDriverPlay.class,
                        "workOnPending();\n                failures = 0;",
                        "workOnPending();\n                wakeUps.drainPermits();\n                failures = 0;"),
                Arguments.of(
                        "who has failed to claim wakes the scan before leaving the place",
                        ActionDriverPlay.class,
                        "place.leave();\n                if (again) {\n                    wakeUps.release();\n                }",
                        "if (again) {\n                    wakeUps.release();\n                }\n                place.leave();"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void a_planted_bug_is_found(String name, Class<? extends Runnable> play, String find, String replacement)
            throws IOException {
        History found = new Schedules(play, new MutatedSources().changed(find, replacement)).search(SCHEDULES);
        assertThat(found).as(name).isNotNull();
    }
}
