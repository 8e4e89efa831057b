package io.dtx.processor.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as annotations have it.
 *
 * @param text as written
 * @param millis what it means; 0 for an empty text, {@link #MALFORMED} for none
 */
public record Duration(String text, long millis) {

    /** The {@link #millis} of a text that is no duration. */
    public static final long MALFORMED = -1;

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ms|s|m|h)");
    private static final long DECADE_MILLIS = 10L * 365 * 24 * 60 * 60 * 1_000;

    /** Reads a duration. */
    public static Duration of(String text) {
        if (text.isEmpty()) {
            return new Duration(text, 0);
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return new Duration(text, MALFORMED);
        }
        long millis = Long.parseLong(form.group(1)) * unitMillis(form.group(2));
        return new Duration(text, millis > DECADE_MILLIS ? MALFORMED : millis);
    }

    /** Returns whether the text is empty or a duration. */
    public boolean isWellFormed() {
        return millis != MALFORMED;
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
    }
}
