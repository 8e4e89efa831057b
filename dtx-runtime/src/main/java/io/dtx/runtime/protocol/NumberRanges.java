package io.dtx.runtime.protocol;

import java.util.Arrays;

/**
 * A set of numbers as disjoint ranges. Immutable, and bounded: when there are more than {@value #RANGES_MAX} ranges the
 * lowest gap between two of them is filled, so that it may contain numbers that were never added, but never lacks one.
 */
public final class NumberRanges {

    /** The empty set. */
    public static final NumberRanges EMPTY = new NumberRanges(new long[0]);

    static final int RANGES_MAX = 1024;

    private final long[] bounds; // first, last, first, last, … ascending, with gaps between

    private NumberRanges(long[] bounds) {
        this.bounds = bounds;
    }

    /**
     * Returns the set with these bounds.
     *
     * @param bounds first and last number of each range, ascending
     */
    public static NumberRanges of(long... bounds) {
        return bounds.length == 0 ? EMPTY : new NumberRanges(bounds.clone());
    }

    /** Returns first and last number of each range, ascending. */
    public long[] bounds() {
        return bounds.clone();
    }

    /** Returns whether the number is in the set. */
    public boolean contains(long number) {
        int at = Arrays.binarySearch(bounds, number);
        return at >= 0 || (~at & 1) == 1; // between a first and its last
    }

    /** Returns the set with one number more. */
    public NumberRanges with(long number) {
        if (contains(number)) {
            return this;
        }
        int at = ~Arrays.binarySearch(bounds, number); // even: the range that begins above the number
        boolean joinsBelow = at > 0 && bounds[at - 1] == number - 1;
        boolean joinsAbove = at < bounds.length && bounds[at] == number + 1;
        long[] next;
        if (joinsBelow && joinsAbove) {
            next = without(at - 1);
        } else if (joinsBelow || joinsAbove) {
            next = bounds.clone();
            next[joinsBelow ? at - 1 : at] = number;
        } else {
            next = new long[bounds.length + 2];
            System.arraycopy(bounds, 0, next, 0, at);
            next[at] = number;
            next[at + 1] = number;
            System.arraycopy(bounds, at, next, at + 2, bounds.length - at);
        }
        NumberRanges result = new NumberRanges(next);
        return next.length > 2 * RANGES_MAX ? new NumberRanges(result.without(1)) : result;
    }

    /** Returns the set without the numbers below {@code low}. */
    public NumberRanges from(long low) {
        int keep = 0;
        while (keep < bounds.length && bounds[keep + 1] < low) {
            keep += 2;
        }
        if (keep == 0 && (bounds.length == 0 || bounds[0] >= low)) {
            return this;
        }
        long[] next = Arrays.copyOfRange(bounds, keep, bounds.length);
        if (next.length > 0) {
            next[0] = Math.max(next[0], low);
        }
        return of(next);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberRanges && Arrays.equals(bounds, ((NumberRanges) other).bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }

    /** Returns the bounds without the last of a range, at {@code place}, and the first of the next. */
    private long[] without(int place) {
        long[] next = new long[bounds.length - 2];
        System.arraycopy(bounds, 0, next, 0, place);
        System.arraycopy(bounds, place + 2, next, place, next.length - place);
        return next;
    }
}
