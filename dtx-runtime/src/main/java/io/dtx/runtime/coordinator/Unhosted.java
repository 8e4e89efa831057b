package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells, now and then, of compensations that wait because no session has what they need. They are not parked: the next process
 * that has it goes on with them, and nobody has to say so. Used by one thread.
 */
final class Unhosted {

    private static final long APART_NANOS = TimeUnit.MINUTES.toNanos(1);

    private long nextLook;
    private Set<Need> before = Set.of();

    /** Looks for the first time some while after this moment of {@link System#nanoTime()}. */
    Unhosted(long now) {
        nextLook = now + APART_NANOS;
    }

    /** Returns whether it is time to {@link #look}. */
    boolean isDue(long now) {
        return now - nextLook >= 0;
    }

    /**
     * Returns what to tell people: a line for each need that nobody had the last time either.
     *
     * @param unhosted what is needed and nobody has, with the transactions that wait for it
     */
    List<String> look(Map<Need, List<TransactionId>> unhosted, long now) {
        nextLook = now + APART_NANOS;
        List<String> lines = new ArrayList<>();
        unhosted.forEach((need, waiting) -> {
            if (before.contains(need)) {
                lines.add("DTX-4027 " + waiting.size() + " transactions, " + waiting.get(0)
                        + " first, wait for a process of application \"" + need.application() + "\" that has "
                        + (need.step() == null ? need.lane() : need.step())
                        + (need.database() == null ? "" : " and sees resource and database " + need.database())
                        + ": no session of the cluster has. Start that application, under that name (dtx.application), in a"
                        + " version that still has it; then they go on by themselves.");
            }
        });
        before = Set.copyOf(unhosted.keySet());
        return lines;
    }
}
