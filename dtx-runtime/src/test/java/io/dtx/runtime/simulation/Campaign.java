package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.kernel.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Simulated histories, one seed after the other, for a time. With a file it goes on where it was left, however it ended. */
final class Campaign {

    private static final String BEGUN = "begun with seed";
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final @Nullable Path file;
    private final Tally tally;
    private final Simulation simulation;

    /**
     * Is ready to {@link #run}.
     *
     * @param file keeps what was done, null: nothing does
     */
    Campaign(@Nullable Path file, long firstSeed) throws IOException {
        this.file = file;
        this.tally = file == null ? new Tally() : Tally.read(file);
        if (tally.of(Simulation.HISTORIES) == 0) {
            tally.add(BEGUN, firstSeed);
        }
        this.simulation = new Simulation(Map.of(), tally);
    }

    /** Runs histories until the time is over and there are so many; fails with the first one that breaks a promise. */
    void run(long nanos, long historiesMin) throws IOException {
        long begin = System.nanoTime();
        long told = begin;
        long before = tally.of(Simulation.HISTORIES);
        while (System.nanoTime() - begin < nanos || tally.of(Simulation.HISTORIES) < before + historiesMin) {
            long seed = nextSeed();
            History history = simulation.run(seed, false);
            if (!history.isClean()) {
                keep();
                throw new AssertionError(new Simulation(Map.of(), new Tally()).explain(seed));
            }
            if (System.nanoTime() - told > TELL_NANOS) {
                told = System.nanoTime();
                keep();
                tell();
            }
        }
        keep();
        tell();
        for (String prefix : List.of(Simulation.FAULT, Simulation.REACHED)) {
            tally.lines(prefix).forEach(System.out::println);
        }
    }

    private long nextSeed() {
        return tally.of(BEGUN) + tally.of(Simulation.HISTORIES);
    }

    private void keep() throws IOException {
        if (file != null) {
            tally.write(file);
        }
    }

    private void tell() {
        System.out.println("SIMULATION seeds " + tally.of(BEGUN) + " to " + (nextSeed() - 1) + ": "
                + simulation.figures() + ", 0 broken");
    }

    long effects() {
        return tally.of(Simulation.EFFECTS);
    }
}
