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
        return run(contender, yardstick, callers, WARM_UP_TURNS, pairs, turnNanos);
    }

    /**
     * Measures both, after a warm-up of both.
     *
     * @param warmUpTurns how many turns each of them has before
     * @param pairs how many turns each of them has
     */
    public static Duelled run(
            Contender contender, Contender yardstick, int callers, int warmUpTurns, int pairs, long turnNanos)
            throws Exception {
        List<Round> ours = new ArrayList<>();
        List<Round> theirs = new ArrayList<>();
        try (ClosedLoop loop = new ClosedLoop(callers)) {
            for (int turn = 0; turn < warmUpTurns; turn++) {
                loop.turn(contender, turnNanos);
                loop.turn(yardstick, turnNanos);
            }
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
