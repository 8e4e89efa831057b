package io.dtx.runtime.simulation.kernel;

import java.util.List;
import java.util.Set;

/**
 * What became of a seed.
 *
 * @param hash what the same seed must come to again
 * @param complaints what must not have happened
 * @param lines what happened, if it was asked for
 * @param reached what rare things have happened
 * @param steps how many points it had
 * @param switches how often another strand went on
 * @param millis virtual time
 */
public record History(
        long seed,
        long hash,
        List<String> complaints,
        List<String> lines,
        Set<String> reached,
        long steps,
        long switches,
        long millis) {

    /** Returns whether all was as it must be. */
    public boolean isClean() {
        return complaints.isEmpty();
    }
}
