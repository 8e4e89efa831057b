package io.dtx.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Two contenders under the same load, in turns: first one, then the other, then the other way round, so that whatever else the
 * machine does meets both. What counts is the ratio of neighbouring turns.
 */
public final class Duel {

    private static final WarmUp WARM_UP = WarmUp.of(4);

    private Duel() {}

    /**
     * Measures both, after a short warm-up of both, for what runs in this process.
     *
     * @param pairs how many turns each of them has
     */
    public static Duelled run(Contender contender, Contender yardstick, int callers, int pairs, long turnNanos)
            throws Exception {
        warmUp(contender, yardstick, callers, WARM_UP, turnNanos);
        return measure(contender, yardstick, callers, pairs, turnNanos);
    }

    /** Loads both, without looking at what they do; returns how many turns each of them had. */
    public static int warmUp(Contender contender, Contender yardstick, int callers, WarmUp warmUp, long turnNanos)
            throws Exception {
        try (ClosedLoop loop = new ClosedLoop(callers)) {
            return warmUp.run(new Here(contender, loop), new Here(yardstick, loop), turnNanos);
        }
    }

    /** Loads both, which have processes of their own; returns how many turns each of them had. */
    public static int warmUp(Side contender, Side yardstick, WarmUp warmUp, long turnNanos) throws Exception {
        return warmUp.run(contender, yardstick, turnNanos);
    }

    /** Loads one of them for so many turns, without looking at what it does. */
    public static void load(Contender contender, int callers, int turns, long turnNanos) throws Exception {
        try (ClosedLoop loop = new ClosedLoop(callers)) {
            for (int turn = 0; turn < turns; turn++) {
                loop.turn(contender, turnNanos);
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
        try (ClosedLoop loop = new ClosedLoop(callers)) {
            return run(new Here(contender, loop), new Here(yardstick, loop), callers, WarmUp.of(0), pairs, turnNanos);
        }
    }

    /**
     * Measures both, after a warm-up of both, for what has processes of its own.
     *
     * @param warmUpTurns how many turns each of them has before
     * @param pairs how many turns each of them has
     */
    public static Duelled run(Side contender, Side yardstick, int callers, int warmUpTurns, int pairs, long turnNanos)
            throws Exception {
        return run(contender, yardstick, callers, WarmUp.of(warmUpTurns), pairs, turnNanos);
    }

    /** As above, after a warm-up that may last until both are steady. */
    public static Duelled run(Side contender, Side yardstick, int callers, WarmUp warmUp, int pairs, long turnNanos)
            throws Exception {
        warmUp.run(contender, yardstick, turnNanos);
        List<Round> ours = new ArrayList<>();
        List<Round> theirs = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            if (pair % 2 == 0) {
                ours.add(contender.turn(turnNanos));
                theirs.add(yardstick.turn(turnNanos));
            } else {
                theirs.add(yardstick.turn(turnNanos));
                ours.add(contender.turn(turnNanos));
            }
        }
        return new Duelled(callers, measured(contender, ours), measured(yardstick, theirs));
    }

    private static Measured measured(Side side, List<Round> rounds) throws Exception {
        return new Measured(side.name(), rounds, side.audit(), side.forces());
    }

    /** A contender of this process. */
    private record Here(Contender contender, ClosedLoop loop) implements Side {

        @Override
        public String name() {
            return contender.name();
        }

        @Override
        public Round turn(long nanos) throws Exception {
            return loop.turn(contender, nanos);
        }

        @Override
        public Audit audit() throws Exception {
            return contender.audit();
        }

        @Override
        public long forces() throws Exception {
            return contender.forces();
        }
    }
}
