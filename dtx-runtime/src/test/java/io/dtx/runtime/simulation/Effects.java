package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is in effect, at databases and receivers together. Whatever cannot be right is complained of when it happens. */
final class Effects {

    private final Kernel kernel;
    private final Map<Integer, Map<Integer, Integer>> there = new TreeMap<>();
    private long done;
    private long undone;
    private int underway;

    Effects(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A step takes effect. */
    void done(int trip, int leg) {
        kernel.note(() -> "done " + trip + "/" + leg);
        done++;
        int now = there.computeIfAbsent(trip, each -> new TreeMap<>()).merge(leg, 1, Integer::sum);
        if (now != 1) {
            kernel.complain("done twice: leg " + leg + " of trip " + trip);
        }
    }

    /** A compensation takes effect, also of a step that never did. */
    void undone(int trip, int leg) {
        kernel.note(() -> "undone " + trip + "/" + leg);
        Map<Integer, Integer> legs = there.computeIfAbsent(trip, each -> new TreeMap<>());
        legs.forEach((other, count) -> {
            if (other > leg && count > 0) {
                kernel.complain(
                        "out of order: leg " + leg + " of trip " + trip + " is undone while " + other + " is there");
            }
        });
        undone++;
        int now = legs.merge(leg, -1, Integer::sum);
        if (now != 0) {
            kernel.complain("undone what is not done: leg " + leg + " of trip " + trip);
        }
    }

    /** Something that has lost its caller will arrive some day, or will not. */
    void departs() {
        underway++;
    }

    /** What has departed has arrived. */
    void arrives() {
        underway--;
    }

    /** Returns how much has departed and has not arrived. */
    int underway() {
        return underway;
    }

    /** Returns the legs of a trip that are there. */
    Set<Integer> there(int trip) {
        Set<Integer> legs = new TreeSet<>();
        there.getOrDefault(trip, Map.of()).forEach((leg, count) -> {
            if (count > 0) {
                legs.add(leg);
            }
        });
        return legs;
    }

    /** Returns how many effects there were, and how many were undone: what a history is worth. */
    long[] counts() {
        return new long[] {done, undone};
    }
}
