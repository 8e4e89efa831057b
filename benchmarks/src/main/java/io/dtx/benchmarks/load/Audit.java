package io.dtx.benchmarks.load;

/**
 * What a ledger says about the sagas of a run.
 *
 * @param sagas how many were begun
 * @param lost steps of them that never ran
 * @param repeated steps that ran more than once
 * @param compensated steps that were undone
 * @param unanswered sagas whose caller was not told that they committed
 */
public record Audit(long sagas, long lost, long repeated, long compensated, long unanswered) {

    /** The audit of no sagas. */
    static final Audit NOTHING = new Audit(0, 0, 0, 0, 0);

    /** Returns the audit of both. */
    public Audit plus(Audit other) {
        return new Audit(
                sagas + other.sagas,
                lost + other.lost,
                repeated + other.repeated,
                compensated + other.compensated,
                unanswered + other.unanswered);
    }

    /** Returns whether every step of every saga ran exactly once, and every caller was told so. */
    public boolean isClean() {
        return sagas > 0 && lost == 0 && repeated == 0 && compensated == 0 && unanswered == 0;
    }

    /** Returns one line for people. */
    public String verdict() {
        return isClean()
                ? "every step of " + sagas + " sagas exactly once"
                : "WRONG: of " + sagas + " sagas, " + lost + " steps lost, " + repeated + " repeated, " + compensated
                        + " compensated, " + unanswered + " sagas unanswered";
    }
}
