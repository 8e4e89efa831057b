package io.dtx.runtime.coordinator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state that a model world can reach, breadth first, so that the first violation has a shortest trace. States are
 * told apart by 64-bit fingerprints: two of a million share one with a probability of 3e-8.
 */
final class Explorer<W extends Explorer.World<W>> {

    /** A model world: immutable for the explorer. */
    interface World<W> {
        /** Gives every possible next world to the sink. */
        void successors(Sink<W> sink);

        /** Checks what must hold in every state; called once for each. */
        void check();

        /** Says what tells this state from others. */
        long fingerprint();

        /** Whether nothing is left to do. */
        boolean isSettled();
    }

    /** Takes successors. */
    interface Sink<W> {
        /**
         * Takes one.
         *
         * @param recovery whether it happens even if the owner never does anything again
         */
        void next(String label, boolean recovery, W world);
    }

    /** An invariant that does not hold. */
    static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1;

        Violation(String invariant, String detail) {
            super(invariant + ": " + detail, null, false, false);
        }
    }

    /** What a search found. */
    record Result(
            long states, long edges, int depth, @Nullable String violation, List<String> trace) {}

    private final long maxStates;
    private final LongIndex known = new LongIndex();
    private final List<String> labels = new ArrayList<>();
    private final IntList parents = new IntList();
    private final IntList settled = new IntList();
    private final IntList from = new IntList(); // edges that happen without the owner
    private final IntList to = new IntList();
    private long edges;

    Explorer(long maxStates) {
        this.maxStates = maxStates;
    }

    Result explore(W start) {
        ArrayDeque<W> frontier = new ArrayDeque<>();
        add(start, "start", -1);
        frontier.add(start);
        int[] current = {0};
        int[] culprit = {0};
        int depth = 0;
        int left = 1;
        try {
            for (W world = frontier.poll(); world != null; world = frontier.poll()) {
                world.successors((label, recovery, next) -> {
                    edges++;
                    int place = known.get(next.fingerprint());
                    if (place < 0) {
                        place = add(next, label, current[0]);
                        culprit[0] = place;
                        next.check();
                        culprit[0] = current[0];
                        frontier.add(next);
                    }
                    if (recovery) {
                        from.add(current[0]);
                        to.add(place);
                    }
                });
                culprit[0] = ++current[0];
                if (--left == 0) {
                    left = frontier.size();
                    depth++;
                }
                if (known.size() > maxStates) {
                    throw new IllegalStateException("more than " + maxStates + " states: narrow the bounds");
                }
            }
        } catch (Violation violation) {
            return result(depth, String.valueOf(violation.getMessage()), culprit[0]);
        }
        int stuck = firstStuck();
        return stuck < 0
                ? new Result(known.size(), edges, depth, null, List.of())
                : result(depth, "liveness: no final state can be reached without the owner", stuck);
    }

    private int add(W world, String label, int parent) {
        int place = known.add(world.fingerprint());
        labels.add(label);
        parents.add(parent);
        if (world.isSettled()) {
            settled.add(place);
        }
        return place;
    }

    private Result result(int depth, String violation, int place) {
        List<String> trace = new ArrayList<>();
        for (int i = place; i >= 0; i = parents.get(i)) {
            trace.add(labels.get(i));
        }
        Collections.reverse(trace);
        return new Result(known.size(), edges, depth, violation, trace);
    }

    /** Walks backwards from the settled states; returns a state that is not met, or -1. */
    private int firstStuck() {
        int[] start = new int[known.size() + 1];
        for (int i = 0; i < to.size(); i++) {
            start[to.get(i) + 1]++;
        }
        for (int i = 1; i < start.length; i++) {
            start[i] += start[i - 1];
        }
        int[] sources = new int[to.size()];
        int[] fill = Arrays.copyOf(start, start.length);
        for (int i = 0; i < to.size(); i++) {
            sources[fill[to.get(i)]++] = from.get(i);
        }
        boolean[] met = new boolean[known.size()];
        IntList open = new IntList();
        for (int i = 0; i < settled.size(); i++) {
            met[settled.get(i)] = true;
            open.add(settled.get(i));
        }
        for (int i = 0; i < open.size(); i++) {
            int at = open.get(i);
            for (int e = start[at]; e < start[at + 1]; e++) {
                if (!met[sources[e]]) {
                    met[sources[e]] = true;
                    open.add(sources[e]);
                }
            }
        }
        for (int i = 0; i < met.length; i++) {
            if (!met[i]) {
                return i;
            }
        }
        return -1;
    }

    /** A growing list of ints. */
    private static final class IntList {
        private int[] items = new int[1024];
        private int size;

        void add(int item) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size * 2);
            }
            items[size++] = item;
        }

        int get(int place) {
            return items[place];
        }

        int size() {
            return size;
        }
    }

    /** From fingerprints to consecutive numbers. */
    private static final class LongIndex {
        private long[] keys = new long[1 << 12];
        private int[] places = new int[1 << 12];
        private int size;

        int get(long key) {
            int slot = slot(key);
            return places[slot] == 0 ? -1 : places[slot] - 1;
        }

        int add(long key) {
            if (size * 2 > keys.length) {
                grow();
            }
            int slot = slot(key);
            keys[slot] = key;
            places[slot] = ++size;
            return size - 1;
        }

        int size() {
            return size;
        }

        private int slot(long key) {
            int mask = keys.length - 1;
            int slot = (int) (key ^ (key >>> 32)) & mask;
            while (places[slot] != 0 && keys[slot] != key) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldPlaces = places;
            keys = new long[oldKeys.length * 2];
            places = new int[oldKeys.length * 2];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldPlaces[i] != 0) {
                    int slot = slot(oldKeys[i]);
                    keys[slot] = oldKeys[i];
                    places[slot] = oldPlaces[i];
                }
            }
        }
    }
}
