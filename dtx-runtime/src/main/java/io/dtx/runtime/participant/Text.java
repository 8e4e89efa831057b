package io.dtx.runtime.participant;

import io.dtx.DtxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What others say, made fit for a message, a log line or a recorded reason of ours: on one line, and not too long. */
public final class Text {

    private static final int LENGTH_MAX = 500; // as many as the state keeps of a reason

    // Whatever a terminal or an editor takes for a new line or a command, or shows in another order than it is written.
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+");
    private static final Pattern CODE = Pattern.compile("DTX-[0-9]{4}");

    private Text() {}

    /** Returns the failure's message on one line. */
    public static String of(@Nullable Throwable failure) {
        if (failure == null) {
            return "no cause";
        }
        String message = failure.getMessage();
        return line(message == null ? failure.getClass().getName() : message);
    }

    /** Returns the text on one line of at most 500 characters; the last one says if there were more. */
    public static String line(String text) {
        String head = text.length() > 2 * LENGTH_MAX ? text.substring(0, 2 * LENGTH_MAX) : text;
        String line = UNPRINTABLE.matcher(head).replaceAll(" ").strip();
        return line.length() > LENGTH_MAX || head.length() < text.length()
                ? line.substring(0, Math.min(line.length(), LENGTH_MAX - 1)) + "…"
                : line;
    }

    /**
     * Returns why something failed, as it is recorded.
     *
     * @param discreet whether the message may hold a {@linkplain io.dtx.Sensitive sensitive} value, so that only the type, and
     *     a code of ours, are said
     */
    public static String reason(Throwable failure, boolean discreet) {
        if (discreet) {
            return kind(failure);
        }
        try {
            return line(failure.toString());
        } catch (RuntimeException e) { // the failure itself cannot say what it is
            return kind(failure);
        }
    }

    /** Returns whether a failure says of itself nothing that would not stay on one line. */
    static boolean isLine(Throwable failure) {
        try {
            return !UNPRINTABLE.matcher(failure.toString()).find();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static String kind(Throwable failure) {
        String type = failure.getClass().getName();
        if (failure instanceof DtxException ours && CODE.matcher(ours.code()).matches()) {
            return type + ": " + ours.code();
        }
        return type;
    }
}
