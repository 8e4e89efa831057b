package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dtx.runtime.crash.Fork;
import java.io.IOException;
import java.nio.file.Files;
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
     * @param fenced whether that is before its decision
     * @param survivor where a first survivor dies in between; empty: it ends everything
     */
    record Pause(String owner, boolean fenced, String survivor) {

        /** Returns what a teller of two transfers is told that stops there, in the second. */
        Map<String, String> settings(String log) {
            Map<String, String> settings = new HashMap<>(
                    Map.of("point", owner, "passes", "2", "event", "pause", "plain", "true", "dtx.log.dir", log));
            settings.put("dtx.xa.parallel", "false"); // what comes behind the point has not been done
            if (fenced) {
                settings.put("fenced", "true");
            }
            return settings;
        }
    }

    static final List<Pause> PAUSES = List.of(
            new Pause("east:prepare:before", true, ""),
            new Pause("east:prepare:after", true, ""),
            new Pause("RECORD_DECISION:before", true, ""),
            new Pause("RECORD_DECISION:after", false, ""),
            new Pause("RECORD_DECISION:after", false, "east:commit:after"),
            new Pause("east:commit:before", false, "west:commit:before"),
            new Pause("east:commit:after", false, ""),
            new Pause("west:commit:before", false, ""),
            new Pause("west:commit:after", false, ""));

    private static final List<Pause> SLICE = List.of(PAUSES.get(4));

    @Test
    void a_process_that_wakes_up_after_others_have_ended_its_transactions_does_no_harm() throws Exception {
        Branches branches = new Branches(directory);
        String log = "log";
        int turn = 0;
        for (Pause each : ALL ? PAUSES : SLICE) {
            Files.deleteIfExists(directory.resolve("continued"));
            Fork owner = branches.start(2, each.settings(path(log)));
            owner.awaitLine("REACHED");
            owner.signal("STOP");
            String copy = "log." + ++turn;
            copy(directory.resolve(log), directory.resolve(copy));
            Map<String, String> survivor = new HashMap<>(Map.of("dtx.log.dir", path(copy)));
            if (!each.survivor().isEmpty()) {
                survivor.putAll(Map.of("phase", "start", "passes", "1", "point", each.survivor()));
            }
            Fork.Run first = branches.start(0, survivor).await();
            assertThat(first.exit())
                    .as(each + ": " + first.end())
                    .isEqualTo(each.survivor().isEmpty() ? 0 : Teller.HALTED);
            Files.createFile(directory.resolve("continued"));
            owner.signal("CONT");
            Fork.Run run = owner.await();
            assertThat(run.said("GOES ON")).as(each + ": " + run.end()).isTrue();
            assertThat(run.exit()).as(each + ": " + run.end()).isZero();
            log = copy;
            branches.audit(each.toString(), Map.of("dtx.log.dir", path(log)));
            branches.counted();
        }
        branches.report("stopped and continued");
    }

    /** Where a process is stopped before it commits in one phase, and whether its guard has been taken out. */
    static Stream<Arguments> one_phase() {
        Stream<Arguments> slice =
                Stream.of(arguments("work:after", false, "ABORTED"), arguments("work:after", true, "COMMITTED"));
        return ALL ? Stream.concat(slice, Stream.of(arguments("east:onePhase:before", false, "ABORTED"))) : slice;
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
        owner.awaitLine("REACHED");
        owner.signal("STOP");
        copy(directory.resolve("log"), directory.resolve("copy"));
        Fork.Run survivor =
                branches.start(0, Map.of("dtx.log.dir", path("copy"))).await();
        assertThat(survivor.exit()).as(survivor.end()).isZero();
        Files.createFile(directory.resolve("continued"));
        owner.signal("CONT");
        Fork.Run run = owner.await();
        assertThat(run.exit()).as(run.end()).isZero();
        assertThat(branches.told()).containsExactly("1 " + told);
        assertThat(branches.east().number("SELECT count(*) FROM posting")).isEqualTo(planted ? 1 : 0);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
        assertThat(to).isNotEmptyDirectory();
    }
}
