package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dtx.runtime.crash.Fork;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process is stopped at a point of two-phase commit, others end its transactions, and it goes on where it was. The others work
 * on a copy of its log, as on a replicated one. Where they have fenced it before it decided, its own copy is told so, for it
 * cannot hear it from theirs; the sessions that it opens then have numbers of their own, as they have in one log.
 */
class AtomicPauseTest {

    private static final boolean ALL = Boolean.getBoolean("crash.all");

    @TempDir
    Path directory;

    /**
     * A case.
     *
     * @param owner where the owner is stopped
     * @param fenced whether its next entry is refused: where it has not decided, or has more to decide
     * @param survivor where a first survivor dies in between; empty: it ends everything
     * @param transfers what is special about them; see {@link Teller}
     */
    record Pause(String owner, boolean fenced, String survivor, Map<String, String> transfers) {

        Pause(String owner, boolean fenced, String survivor) {
            this(owner, fenced, survivor, Map.of());
        }

        /** Returns how many transfers there are: what is forgotten is so with a later one. */
        int count() {
            return owner.startsWith("FORGET_DECISION") ? 6 : 2;
        }

        /** Returns what a teller is told that stops there, the second time that it comes by. */
        Map<String, String> settings(String log) {
            Map<String, String> settings = new HashMap<>(
                    Map.of("point", owner, "passes", "2", "event", "pause", "plain", "true", "dtx.log.dir", log));
            settings.put("dtx.xa.parallel", "false"); // what comes behind the point has not been done
            if (fenced) {
                settings.put("fenced", "true");
            }
            settings.putAll(transfers);
            return settings;
        }
    }

    private static final Map<String, String> REFUSED = Map.of("refused", "true");
    private static final Map<String, String> READ_FIRST = Map.of("reader", "first");
    private static final Map<String, String> READ_LAST = Map.of("reader", "last", "alone", "true");

    /** Between its decision and the first commit; the survivor dies between the branches. */
    static final Pause BETWEEN = new Pause("RECORD_DECISION:after", false, "east:commit:after");

    /** In the order of a transaction. */
    static final List<Pause> PAUSES = List.of(
            new Pause("east:start:after", true, ""),
            new Pause("west:start:after", true, ""),
            new Pause("east:prepare:before", true, ""),
            new Pause("east:prepare:after", true, ""),
            new Pause("west:prepare:before", true, ""),
            new Pause("west:prepare:after", true, ""),
            new Pause("east:rollback:before", true, "", REFUSED),
            new Pause("east:rollback:after", true, "", REFUSED),
            new Pause("RECORD_DECISION:before", true, ""),
            new Pause("RECORD_DECISION:after", false, ""),
            BETWEEN,
            new Pause("east:commit:before", false, ""),
            new Pause("east:commit:before", false, "west:commit:before"),
            new Pause("east:commit:after", false, ""),
            new Pause("west:commit:before", false, ""),
            new Pause("west:commit:after", false, ""),
            new Pause("FORGET_DECISION:before", true, ""),
            new Pause("FORGET_DECISION:after", true, ""),
            new Pause("RECORD_DECISION:before", true, "", READ_FIRST),
            new Pause("RECORD_DECISION:after", false, "", READ_FIRST),
            new Pause("east:prepare:after", true, "", READ_LAST),
            new Pause("RECORD_DECISION:before", true, "", READ_LAST),
            new Pause("RECORD_DECISION:after", false, "", READ_LAST));

    @Test
    void a_process_that_wakes_up_after_others_have_ended_its_transactions_does_no_harm() throws Exception {
        Branches branches = new Branches(directory);
        String log = "log";
        int turn = 0;
        for (Pause each : ALL ? PAUSES : List.of(BETWEEN)) {
            Fork owner = branches.start(each.count(), each.settings(path(log)));
            String copy = "log." + ++turn;
            branches.stop(owner, log, copy);
            Map<String, String> survivor = new HashMap<>(Map.of("dtx.log.dir", path(copy)));
            if (!each.survivor().isEmpty()) {
                survivor.putAll(Map.of("phase", "start", "passes", "1", "point", each.survivor()));
            }
            Fork.Run first = branches.start(0, survivor).await();
            assertThat(first.exit())
                    .as(each + ": " + first.end())
                    .isEqualTo(each.survivor().isEmpty() ? 0 : Teller.HALTED);
            branches.wakeUp(owner, each.toString());
            log = copy;
            branches.audit(each.toString(), Map.of("dtx.log.dir", path(log)));
            branches.counted();
        }
        branches.report("stopped and continued");
    }

    @Test
    void a_survivor_that_wakes_up_after_another_one_has_ended_what_it_was_at_does_no_harm() throws Exception {
        Branches branches = new Branches(directory);
        String log = "log";
        int turn = 0;
        for (String point : ALL ? AtomicKillTest.RECOVERY : AtomicKillTest.RECOVERY.subList(3, 4)) {
            branches.halt("RECORD_DECISION:after", Map.of("dtx.log.dir", path(log)));
            Fork first = branches.start(0, survivor(point, path(log)));
            String copy = "log." + ++turn;
            branches.stop(first, log, copy);
            Fork.Run second =
                    branches.start(0, Map.of("dtx.log.dir", path(copy))).await();
            assertThat(second.exit()).as(point + ": " + second.end()).isZero();
            branches.wakeUpStarting(first, point);
            log = copy;
            branches.audit("a survivor stopped at " + point, Map.of("dtx.log.dir", path(log)));
            branches.counted();
        }
        branches.report("survivor stopped and continued");
    }

    /** Returns what a survivor is told that stops at a point while it ends what another process left. */
    static Map<String, String> survivor(String point, String log) {
        return Map.of("phase", "start", "point", point, "passes", "1", "event", "pause", "dtx.log.dir", log);
    }

    /** Where a process is stopped that commits in one phase, and whether its guard has been taken out. */
    static Stream<Arguments> one_phase() {
        Stream<Arguments> slice =
                Stream.of(arguments("work:after", false, "ABORTED"), arguments("work:after", true, "COMMITTED"));
        Stream<Arguments> more = Stream.of(
                arguments("east:onePhase:before", false, "ABORTED"),
                arguments("east:onePhase:after", false, "COMMITTED"));
        return ALL ? Stream.concat(slice, more) : slice;
    }

    @ParameterizedTest
    @MethodSource("one_phase")
    void a_commit_in_one_phase_that_wakes_up_after_the_takeover_is_refused(String point, boolean planted, String told)
            throws Exception {
        Branches branches = new Branches(directory);
        Map<String, String> settings =
                new HashMap<>(Map.of("point", point, "passes", "1", "event", "pause", "alone", "true"));
        if (planted) {
            settings.put("unguarded", "true");
        }
        Fork owner = branches.start(1, settings);
        branches.stop(owner, "log", "copy");
        Fork.Run survivor =
                branches.start(0, Map.of("dtx.log.dir", path("copy"))).await();
        assertThat(survivor.exit()).as(survivor.end()).isZero();
        branches.wakeUp(owner, point);
        assertThat(branches.told()).containsExactly("1 " + told);
        assertThat(Branches.postings(branches.east())).hasSize(told.equals("COMMITTED") ? 1 : 0);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
