package io.dtx.runtime.atomic;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes die at the points of two-phase commit, and the next one ends what they left. {@code -Dcrash.all=true}: at every
 * point, else at one of every kind.
 */
class AtomicKillTest {

    static final boolean ALL = Boolean.getBoolean("crash.all");
    static final List<String> POINTS = List.of(
            "east:start:after",
            "west:start:after",
            "east:prepare:before",
            "east:prepare:after",
            "west:prepare:before",
            "west:prepare:after",
            "RECORD_DECISION:before",
            "RECORD_DECISION:after",
            "east:commit:before",
            "east:commit:after",
            "west:commit:before",
            "west:commit:after",
            "FORGET_DECISION:before",
            "FORGET_DECISION:after",
            "east:rollback:before",
            "east:rollback:after",
            "west:rollback:before",
            "west:rollback:after");
    static final List<String> SLICE = List.of("east:prepare:after", "RECORD_DECISION:after", "east:commit:after");

    /** Points that a process passes while it ends what the one before it left. */
    static final List<String> RECOVERY = List.of(
            "east:prepare:after", // of the probe: its branch is in doubt, too
            "east:recover:after",
            "east:commit:before",
            "east:commit:after",
            "west:commit:before",
            "west:commit:after",
            "FORGET_DECISION:before",
            "FORGET_DECISION:after");

    /** Points of a transaction that commits in one phase; the last one leaves its effect. */
    static final List<String> ONE_PHASE = List.of("work:after", "east:onePhase:before", "east:onePhase:after");

    /** Points of a transaction with a branch that votes read-only, before or after that of a database. */
    static final List<String> READ_ONLY =
            List.of("east:prepare:after", "RECORD_DECISION:before", "RECORD_DECISION:after", "east:commit:after");

    @TempDir
    Path directory;

    @Test
    void whatever_a_process_leaves_in_doubt_the_next_one_ends_as_the_log_says() throws Exception {
        Branches branches = new Branches(directory);
        for (String point : ALL ? POINTS : SLICE) {
            branches.halt(point, Map.of());
            if (ALL) {
                branches.audit(point);
            }
        }
        if (ALL) {
            special(branches);
        }
        branches.audit("at the end");
        branches.report("killed");
    }

    /** Halts processes whose transactions are not those of two databases that both can. */
    static void special(Branches branches) throws Exception {
        for (String point : ONE_PHASE) {
            branches.halt(point, Map.of("alone", "true", "plain", "true"));
            branches.audit(point);
        }
        for (String point : READ_ONLY) {
            branches.halt(point, Map.of("reader", "first", "plain", "true"));
            branches.audit(point + ", read first");
            branches.halt(point, Map.of("reader", "last", "alone", "true", "plain", "true"));
            branches.audit(point + ", read last");
        }
        for (String point : List.of("east:rollback:before", "east:rollback:after")) {
            branches.halt(point, Map.of("refused", "true", "plain", "true"));
            branches.audit(point + ", prepared");
        }
    }

    @Test
    void a_process_that_dies_while_it_ends_what_another_left_is_no_different() throws Exception {
        Branches branches = new Branches(directory);
        for (String point : ALL ? RECOVERY : List.of("east:commit:after")) {
            branches.halt("RECORD_DECISION:after", Map.of());
            branches.halt(point, Map.of("phase", "start", "passes", "1"));
            if (ALL) {
                branches.audit("killed in recovery at " + point);
            }
        }
        branches.audit("at the end");
        branches.report("killed in recovery");
    }
}
