package io.dtx.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Two contenders under the same load, in turns: first one, then the other, then the other way round, so that whatever else the
 * machine does meets both. What counts is the ratio of neighbouring turns.
 */
public final class Duel {

    private static final int WARM_UP_TURNS = 4;

    private Duel() {}

    /**
     * Measures both, after a short warm-up of both, for what runs in this process.
     *
     * @param pairs how many turns each of them has
     */
    public static Duelled run(Contender contender, Contender yardstick, int callers, int pairs, long turnNanos)
            throws Exception {
        warmUp(contender, yardstick, callers, WARM_UP_TURNS, turnNanos);
        return measure(contender, yardstick, callers, pairs, turnNanos);
    }

    /**
     * Loads both, without looking at what they do.
     *
     * @param turns how many turns each of them has
     */
    public static void warmUp(Contender contender, Contender yardstick, int callers, int turns, long turnNanos)
            throws Exception {
        try (ClosedLoop loop = new ClosedLoop(callers)) {
            for (int turn = 0; turn < turns; turn++) {
                loop.turn(contender, turnNanos);
                loop.turn(yardstick, turnNanos);
            }
        }
    }

    /**
     * Measures both as they are.
     *
     * @param pairs how many turns each of them has
     */
    public static Duelled measure(Contender contender, Contender yardstick, int callers, int pairs, long turnNanos)
            throws Exception {
        List<Round> ours = new ArrayList<>();
        List<Round> theirs = new ArrayList<>();
        try (ClosedLoop loop = new ClosedLoop(callers)) {
            for (int pair = 0; pair < pairs; pair++) {
                if (pair % 2 == 0) {
                    ours.add(loop.turn(contender, turnNanos));
                    theirs.add(loop.turn(yardstick, turnNanos));
                } else {
                    theirs.add(loop.turn(yardstick, turnNanos));
                    ours.add(loop.turn(contender, turnNanos));
                }
            }
        }
        return new Duelled(callers, measured(contender, ours), measured(yardstick, theirs));
    }

    private static Measured measured(Contender contender, List<Round> rounds) throws Exception {
        return new Measured(contender.name(), rounds, contender.audit(), contender.forces());
    }
}
