package io.dtx.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns that do not count: until neither side takes less CPU for a saga than a few turns before. Compilers share the processors
 * with what they compile, so that the time that they need depends on everything else.
 *
 * @param turnsMin how many turns each side has at least
 * @param turnsMax and at most, steady or not
 */
public record WarmUp(int turnsMin, int turnsMax) {

    private static final int WINDOW = 10;
    private static final double STEADY = 0.96;

    /** Always so many turns. */
    static WarmUp of(int turns) {
        return new WarmUp(turns, turns);
    }

    /** Loads both sides in turns; returns how many each had. */
    int run(Side contender, Side yardstick, long turnNanos) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        int turns = 0;
        while (turns < turnsMin || (turns < turnsMax && !(isSteady(ours) && isSteady(theirs)))) {
            ours.add(cpuNanosPerSaga(contender.turn(turnNanos)));
            theirs.add(cpuNanosPerSaga(yardstick.turn(turnNanos)));
            turns++;
        }
        return turns;
    }

    private static double cpuNanosPerSaga(Round round) {
        return (double) round.cpuNanos() / round.ended();
    }

    private static boolean isSteady(List<Double> turns) {
        int size = turns.size();
        return size >= 2 * WINDOW
                && median(turns.subList(size - WINDOW, size))
                        >= STEADY * median(turns.subList(size - 2 * WINDOW, size - WINDOW));
    }

    private static double median(List<Double> turns) {
        return Spread.of(turns.stream().mapToDouble(Double::doubleValue).toArray())
                .median();
    }
}
