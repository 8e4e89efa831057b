package io.dtx.benchmarks.load;

import java.util.Arrays;

/** The least, the median and the greatest of some trials. */
public record Spread(double least, double median, double greatest, int trials) {

    /** Returns the spread of at least one trial. */
    public static Spread of(double... trials) {
        double[] sorted = trials.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1], sorted.length);
    }
}
