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

    private static final String XA = "io.dtx.runtime.participant.xa.";

    /** Rare things that a method's call tells. */
    private static final Map<String, String> SIGHTS = Map.of(
            "io.dtx.runtime.protocol.Reply.fenced", "answered FENCED",
            "io.dtx.runtime.protocol.Reply.forgotten", "answered FORGOTTEN",
            "io.dtx.runtime.protocol.Reply.gap", "answered GAP",
            "io.dtx.runtime.protocol.StepState.parked", "parked",
            "io.dtx.runtime.coordinator.OwnSessions.use", "session opened",
            "io.dtx.runtime.coordinator.OwnSessions.reopen", "session ended by others",
            "io.dtx.runtime.coordinator.StateReplica.onFailed", "log failed",
            "io.dtx.runtime.participant.guard.SessionRows.fence", "session fenced at the database");

    /** What stands for a transaction manager that is static, has threads and reads clocks. */
    private static final Map<String, String> NARAYANA = Map.of(
            "com.arjuna.ats.jta.TransactionManager",
            XA + "SimulatedJta",
            "com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionImple",
            XA + "SimulatedTransaction",
            "com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple",
            XA + "SimulatedSynchronizations",
            "com.arjuna.ats.arjuna.common.Uid",
            XA + "SimulatedUid",
            XA + "Narayana",
            XA + "SimulatedNarayana");

    static final String HISTORIES = "histories";
    static final String EFFECTS = "effects";
    static final String FAULT = "fault ";
    static final String REACHED = "reached ";
    private static final String POINTS = "points";
    private static final String SWITCHES = "switches";
    private static final String MILLIS = "milliseconds of virtual time";
    private static final String FAULTS = "faults";
    private static final String UNDONE = "undone";

    private final Runner runner;
    private final Constructor<?> world;
    private final Tally tally;

    /** Simulates the classes of the class path, but for these, and counts what was done. */
    Simulation(Map<String, byte[]> changed, Tally tally) {
        this(changed, tally, new Runner());
    }

    Simulation(Map<String, byte[]> changed, Tally tally, Runner runner) {
        this.tally = tally;
        this.runner = runner;
        try {
            world = new SimulatedLoader(Simulation.class.getClassLoader(), changed, NARAYANA, SIGHTS)
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
            count(history, struck, done);
            return new Played(history, struck);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void count(History history, List<String> faults, long[] effects) {
        tally.add(HISTORIES, 1);
        tally.add(POINTS, history.steps());
        tally.add(SWITCHES, history.switches());
        tally.add(MILLIS, history.millis());
        tally.add(FAULTS, faults.size());
        faults.forEach(each -> tally.add(FAULT + each, 1));
        tally.add(EFFECTS, effects[0]);
        tally.add(UNDONE, effects[1]);
        history.reached().forEach(each -> tally.add(REACHED + each, 1));
    }

    /** Returns the first history from a seed on that is not clean, or null if all are for so long. */
    @Nullable
    History search(long firstSeed, long nanosMax) {
        long begin = System.nanoTime();
        for (long seed = firstSeed; System.nanoTime() - begin < nanosMax; seed++) {
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

    /** Returns what was done so far, for a line of a report. */
    String figures() {
        return tally.of(HISTORIES) + " histories, " + tally.of(POINTS) + " points, " + tally.of(SWITCHES)
                + " switches, "
                + tally.of(MILLIS) / 1000 + " s of virtual time, " + tally.of(FAULTS) + " faults, " + tally.of(EFFECTS)
                + " effects, " + tally.of(UNDONE) + " undone";
    }
}
