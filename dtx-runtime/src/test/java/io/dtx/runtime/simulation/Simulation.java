package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.kernel.History;
import io.dtx.runtime.simulation.kernel.Runner;
import io.dtx.runtime.simulation.kernel.SimulatedLoader;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs histories of the product, or of one with a planted bug. One thread at a time. */
public final class Simulation {

    private final Runner runner = new Runner();
    private final Constructor<?> world;
    private long histories;
    private long steps;
    private long switches;
    private long millis;
    private long faults;
    private long effects;
    private long undone;

    /** Simulates the classes of the class path, but for these. */
    Simulation(Map<String, byte[]> changed) {
        try {
            world = new SimulatedLoader(Simulation.class.getClassLoader(), changed)
                    .loadClass(World.class.getName())
                    .getConstructor(long.class, int[].class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs one history. */
    History run(long seed, boolean verbose, int... leftOut) {
        return play(seed, verbose, leftOut).history;
    }

    private record Played(History history, List<String> faults) {}

    private Played play(long seed, boolean verbose, int... leftOut) {
        try {
            Runnable main = (Runnable) world.newInstance(seed, leftOut);
            History history = runner.run(seed, verbose, main);
            List<String> struck = List.of(
                    (String[]) world.getDeclaringClass().getMethod("faults").invoke(main));
            long[] done =
                    (long[]) world.getDeclaringClass().getMethod("effects").invoke(main);
            histories++;
            steps += history.steps();
            switches += history.switches();
            millis += history.millis();
            faults += struck.size() - leftOut.length;
            effects += done[0];
            undone += done[1];
            return new Played(history, struck);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first history from a seed on that is not clean, or null if all of so many are. */
    @Nullable
    History search(long firstSeed, long count) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            History history = run(seed, false);
            if (!history.isClean()) {
                return history;
            }
        }
        return null;
    }

    /** Tells a history that is not clean, with as few faults as it takes. */
    String explain(long seed) {
        TreeSet<Integer> leftOut = new TreeSet<>();
        Played worst = play(seed, true);
        for (int fault = 0; fault < worst.faults.size(); fault++) {
            leftOut.add(fault);
            Played without = play(seed, true, array(leftOut));
            if (without.history.isClean()) {
                leftOut.remove(fault);
            } else {
                worst = without;
            }
        }
        List<String> needed = new ArrayList<>();
        for (int fault = 0; fault < worst.faults.size(); fault++) {
            if (!leftOut.contains(fault)) {
                needed.add(worst.faults.get(fault) + " (" + fault + ")");
            }
        }
        return "seed " + seed + ": " + worst.history.complaints() + "\nwith the faults " + needed
                + ", and without those of the numbers " + leftOut + "\n"
                + String.join("\n", worst.history.lines());
    }

    private static int[] array(TreeSet<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns how many effects there were so far. */
    long effects() {
        return effects;
    }

    /** Returns what was done so far, for a line of a report. */
    String figures() {
        return histories + " histories, " + steps + " points, " + switches + " switches, " + millis / 1000
                + " s of virtual time, " + faults + " faults, " + effects + " effects, " + undone + " undone";
    }
}
