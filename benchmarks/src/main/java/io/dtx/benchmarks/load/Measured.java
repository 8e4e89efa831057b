package io.dtx.benchmarks.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one contender did in all of its turns; figures are medians over them.
 *
 * @param rounds its turns
 * @param audit of all of its sagas, those of the warm-up too
 * @param allForces how often it forced a disk for them
 */
public record Measured(String name, List<Round> rounds, Audit audit, long allForces) {

    /** Takes a copy of the list. */
    public Measured {
        rounds = List.copyOf(rounds);
    }

    /** Returns how many sagas ended in a second. */
    public double perSecond() {
        return median(Round::perSecond);
    }

    /** Returns a percentile of what a caller waited, in microseconds. */
    public double micros(double percentile) {
        return median(round -> round.micros(percentile));
    }

    /** Returns the CPU time of a saga in microseconds. */
    public double cpuMicros() {
        return median(round -> round.cpuNanos() / 1e3 / round.ended());
    }

    /** Returns how often a disk was forced for one saga. */
    public double forces() {
        return (double) allForces / audit.sagas();
    }

    private double median(ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray()).median();
    }
}
