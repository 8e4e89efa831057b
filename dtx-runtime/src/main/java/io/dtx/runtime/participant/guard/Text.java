package io.dtx.runtime.participant.guard;

import org.jspecify.annotations.Nullable;

/** What others say, made fit for a message of ours. */
final class Text {

    private static final int LENGTH_MAX = 500;

    private Text() {}

    /** Returns the failure's message on one line. */
    static String of(@Nullable Throwable failure) {
        if (failure == null) {
            return "no cause";
        }
        String message = failure.getMessage();
        return line(message == null ? failure.getClass().getName() : message);
    }

    /** Returns the text on one line, not too long. */
    static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) + "…" : line;
    }
}
