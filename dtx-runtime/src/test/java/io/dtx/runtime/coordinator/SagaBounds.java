package io.dtx.runtime.coordinator;

/**
 * What bounds an exploration of a saga.
 *
 * @param name of the exploration
 * @param steps one letter for each call: L a guarded local transaction, E an external call, R a guarded local transaction that
 *     another process runs
 * @param tries how often the owner may try a call
 * @param claimers how many processes compensate beside the owner, 1 or 2
 * @param options what may happen, letters as in {@link #may}
 * @param attemptsMax after so many attempts a compensation is parked
 * @param operations how many commands an operator sends
 */
record SagaBounds(String name, String steps, int tries, int claimers, String options, int attemptsMax, int operations) {

    /** What may happen: one letter each. */
    enum Option {
        /** The owner's session is ended although it lives. */
        OWNER_EXPIRES('o'),
        /** The first claimer's session is ended although it lives. */
        CLAIMER_EXPIRES('c'),
        /** The session of the other process is ended although it lives. */
        EXECUTOR_EXPIRES('x'),
        /** A commit of a step is not answered, and may still happen. */
        COMMIT_UNANSWERED('u'),
        /** A commit of a compensation is not answered, and may still happen. */
        UNDO_UNANSWERED('v'),
        /** A step throws without effect. */
        STEP_FAILS('f'),
        /** The owner goes on after a step without effect. */
        GOES_ON('g'),
        /** The owner aborts between steps. */
        ABORTS('a'),
        /** A compensation throws. */
        COMPENSATION_FAILS('k'),
        /** A compensation says that it cannot succeed. */
        PARKS('p'),
        /** Time passes: deadlines, claim timeouts, retries, retention. */
        TIME('t'),
        /** Guard rows are swept. */
        SWEEP('s'),
        /** The owner compensates, too. */
        OWNER_CLAIMS('w');

        private final char letter;

        Option(char letter) {
            this.letter = letter;
        }
    }

    /** Reads steps, tries, claimers, options, attemptsMax and operations, with commas between. */
    static SagaBounds parse(String name, String text) {
        String[] parts = text.split(",", -1);
        return new SagaBounds(
                name,
                parts[0],
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                parts[3],
                Integer.parseInt(parts[4]),
                Integer.parseInt(parts[5]));
    }

    boolean may(Option option) {
        return options.indexOf(option.letter) >= 0;
    }
}
