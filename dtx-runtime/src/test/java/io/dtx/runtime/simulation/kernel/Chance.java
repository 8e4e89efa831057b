package io.dtx.runtime.simulation.kernel;

/** Random numbers that a seed decides, on every machine the same (xorshift64*, Vigna 2016). One thread at a time. */
public final class Chance {

    private long state;

    /** Begins with a seed, also with one that differs in a single bit from another. */
    public Chance(long seed) {
        long mixed = (seed + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        state = mixed == 0 ? 1 : mixed;
    }

    /** Returns any number. */
    public long next() {
        state ^= state >>> 12;
        state ^= state << 25;
        state ^= state >>> 27;
        return state * 0x2545F4914F6CDD1DL;
    }

    /** Returns a number from 0 to below the bound. */
    public int below(int bound) {
        return (int) (((next() >>> 33) * bound) >>> 31);
    }

    /** Returns true once in so many times; never for 0. */
    public boolean oneIn(int times) {
        return times > 0 && below(times) == 0;
    }

    /** Returns a time between the bounds, whose orders of magnitude are equally likely. */
    public long between(long min, long max) {
        double unit = (next() >>> 11) * 0x1p-53;
        double ratio = (double) max / min;
        double grown = 1;
        for (double part = ratio; part > 1.0001; part = part / 2) { // a loop: Math.pow differs by platform
            if (unit * 2 >= 1) {
                grown *= Math.min(2, part);
                unit = unit * 2 - 1;
            } else {
                unit = unit * 2;
            }
        }
        return Math.min(max, (long) (min * grown));
    }
}
