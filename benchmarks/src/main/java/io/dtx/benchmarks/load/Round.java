package io.dtx.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What one contender did in one turn.
 *
 * @param nanos how long the turn was
 * @param latencies of the sagas that ended within the turn, in nanoseconds
 * @param ended how many sagas ended, with those that were running when the turn was over
 * @param cpuNanos CPU time that all of them took, in this process and outside
 */
public record Round(long nanos, Histogram latencies, long ended, long cpuNanos) {

    /** Returns how many sagas ended in a second. */
    public double perSecond() {
        return latencies.getTotalCount() * 1e9 / nanos;
    }

    /** Returns a percentile of what a caller waited, in microseconds. */
    public double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
