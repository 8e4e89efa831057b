package io.dtx.cli;

/** How a command ends, the same for all of them; the texts are for the help. */
final class ExitCodes {

    /** What was asked for is done, and what was looked at is sound. */
    static final int DONE = 0;
    /** The answer is no. */
    static final int NO = 1;
    /** It was called wrongly, or configured wrongly. */
    static final int USAGE = 2;
    /** It may go well later, or elsewhere. */
    static final int LATER = 3;
    /** Something that should not happen. */
    static final int BUG = 4;

    static final String DONE_TEXT = " 0:done; what was looked at is sound";
    static final String NO_TEXT = " 1:no: a log is damaged, a transaction is not there or not parked";
    static final String USAGE_TEXT = " 2:wrong arguments or configuration";
    static final String LATER_TEXT = " 3:not now: nobody leads or answers, a directory or port is in use";
    static final String BUG_TEXT = " 4:a bug, or a broken machine; the stack is printed";

    private ExitCodes() {}
}
