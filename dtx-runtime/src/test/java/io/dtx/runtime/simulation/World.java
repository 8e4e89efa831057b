package io.dtx.runtime.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One history: callers ask for trips while things go wrong; then all heals, and everything must come to its end. */
public final class World implements Runnable {

    private final long seed;
    private final Set<Integer> leftOut;
    private final List<String> faultsStruck = new ArrayList<>();

    private @Nullable Scene scene;

    /** Is ready to run; the faults of these numbers do not strike. */
    public World(long seed, int[] leftOut) {
        this.seed = seed;
        this.leftOut = new TreeSet<>();
        for (int each : leftOut) {
            this.leftOut.add(each);
        }
    }

    /** Returns the faults that struck, by number. */
    public String[] faults() {
        return faultsStruck.toArray(String[]::new);
    }

    /** Returns how many effects there were, and how many of them were undone. */
    public long[] effects() {
        Scene played = scene;
        return played == null ? new long[2] : played.effects();
    }

    @Override
    public void run() {
        Scene played = new Scene(seed, leftOut);
        scene = played;
        try {
            played.play();
        } finally {
            faultsStruck.addAll(played.faults().struck());
        }
    }
}
