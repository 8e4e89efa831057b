package io.dtx.runtime.simulation.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A simulated process: the strands that live, are frozen, and die together. */
public final class Domain {

    final String name;
    final List<Strand> strands = new ArrayList<>();
    final List<Strand> frozenReady = new ArrayList<>();
    final Set<String> reached = new HashSet<>();
    private final Map<Class<?>, Object> own = new HashMap<>();
    int freezes;
    boolean dead;
    long diesAfterPoints = Long.MAX_VALUE;

    /** Names a process. */
    public Domain(String name) {
        this.name = name;
    }

    /** Returns what this process has one of, as a JVM has of what is static; it is made for whoever asks first. */
    public <T> T own(Class<T> type, Supplier<T> first) {
        return type.cast(own.computeIfAbsent(type, each -> first.get()));
    }

    /** Returns whether it was killed. */
    public boolean isDead() {
        return dead;
    }

    /** Returns whether it stands still. */
    public boolean isFrozen() {
        return freezes > 0;
    }

    /** Returns the names of the strands that have not ended. */
    public List<String> alive() {
        return strands.stream()
                .filter(each -> !each.isDone())
                .map(Strand::toString)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
