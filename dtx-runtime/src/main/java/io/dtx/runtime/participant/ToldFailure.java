package io.dtx.runtime.participant;

import org.jspecify.annotations.Nullable;

/**
 * Stands for somebody else's failure where that one's own text must not be told: its type, its stack and its causes. What it
 * has suppressed is left out.
 */
public final class ToldFailure extends Exception {

    private static final long serialVersionUID = 1;

    private static final int DEPTH_MAX = 16; // a chain of causes may be a ring

    private final String text;

    private ToldFailure(Throwable failure, boolean discreet, @Nullable Throwable cause) {
        super(null, cause, false, true);
        this.text = Text.reason(failure, discreet);
        setStackTrace(failure.getStackTrace());
    }

    /** Returns what stands for a failure whose messages may hold a {@linkplain io.dtx.Sensitive sensitive} value: none is kept. */
    public static Throwable withoutMessages(Throwable failure) {
        return standIn(failure, true, DEPTH_MAX);
    }

    /** Returns the failure if each of its messages is on one line, else what stands for it with messages that are. */
    public static Throwable onLines(Throwable failure) {
        return isOnLines(failure, DEPTH_MAX) ? failure : standIn(failure, false, DEPTH_MAX);
    }

    private static ToldFailure standIn(Throwable failure, boolean discreet, int depth) {
        Throwable cause = failure.getCause();
        return new ToldFailure(
                failure, discreet, cause == null || depth == 0 ? null : standIn(cause, discreet, depth - 1));
    }

    private static boolean isOnLines(Throwable failure, int depth) {
        if (depth == 0 || !Text.isLine(failure)) {
            return false;
        }
        for (Throwable each : failure.getSuppressed()) {
            if (!isOnLines(each, depth - 1)) {
                return false;
            }
        }
        return failure.getCause() == null || isOnLines(failure.getCause(), depth - 1);
    }

    /** Returns the failure's type, then what is told of its message. */
    @Override
    public String toString() {
        return text;
    }
}
