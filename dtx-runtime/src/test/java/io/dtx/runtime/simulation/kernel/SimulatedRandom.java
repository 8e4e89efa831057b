package io.dtx.runtime.simulation.kernel;

/** What {@link java.security.SecureRandom} and {@link java.util.concurrent.ThreadLocalRandom} become. */
public final class SimulatedRandom {

    /** As {@link java.security.SecureRandom#SecureRandom()}. */
    public SimulatedRandom() {}

    /** As {@link java.util.concurrent.ThreadLocalRandom#current()}. */
    public static SimulatedRandom current() {
        return new SimulatedRandom();
    }

    /** As {@link java.util.Random#nextLong()}. */
    public long nextLong() {
        return Strand.current().kernel.chance().next();
    }

    /** As {@link java.util.concurrent.ThreadLocalRandom#nextLong(long)}. */
    public long nextLong(long bound) {
        return Math.floorMod(nextLong(), bound);
    }

    /** As {@link java.util.Random#nextInt(int)}. */
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }
}
