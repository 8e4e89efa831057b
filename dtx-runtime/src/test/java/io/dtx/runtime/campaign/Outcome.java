package io.dtx.runtime.campaign;

import org.jspecify.annotations.Nullable;

/**
 * What came of a fault.
 *
 * @param name the fault's
 * @param rounds how many processes have run its tests
 * @param trials how many times it was brought
 * @param effective how many of these met what they were meant for
 * @param losses checks that failed, and rounds that did not end
 * @param millis how long all of it took
 * @param skipped why it cannot be brought here, null if it can
 */
record Outcome(
        String name,
        int rounds,
        long trials,
        long effective,
        long losses,
        long millis,
        @Nullable String skipped) {

    static Outcome of(RealFault fault) {
        return new Outcome(fault.name(), 0, 0, 0, 0, 0, fault.missing());
    }

    Outcome plus(Outcome round) {
        return new Outcome(
                name,
                rounds + round.rounds,
                trials + round.trials,
                effective + round.effective,
                losses + round.losses,
                millis + round.millis,
                round.skipped);
    }

    /** Returns a line of a table. */
    String row() {
        return skipped != null && trials == 0
                ? String.format("| %-52s | %s", name, "SKIPPED " + skipped)
                : String.format(
                        "| %-52s | %4d rounds | %7d trials | %7d effective | %3d losses | %5d s |",
                        name, rounds, trials, effective, losses, millis / 1000);
    }

    @Override
    public String toString() {
        return skipped != null && trials == 0
                ? "SKIPPED " + name + ": " + skipped
                : "CAMPAIGN " + name + " trials=" + trials + " effective=" + effective + " losses=" + losses
                        + " rounds=" + rounds + " seconds=" + millis / 1000;
    }
}
