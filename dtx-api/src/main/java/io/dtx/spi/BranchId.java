package io.dtx.spi;

import io.dtx.TransactionId;
import java.util.regex.Pattern;

/**
 * Names one participant's part of one ATOMIC transaction, in every process and for all time.
 *
 * <p>Text form: the transaction's, a dot, the qualifier; at most 240 characters of {@code [A-Za-z0-9_.-]}.
 *
 * @param transaction the transaction; its {@linkplain TransactionId#session() session} is the incarnation of the process that
 *     began it, and is never used again once others have ended it
 * @param qualifier what tells the transaction's branches from each other: 1 to 199 characters, which mean nothing to participants
 */
public record BranchId(TransactionId transaction, String qualifier) {

    private static final Pattern QUALIFIER = Pattern.compile("[A-Za-z0-9_.-]{1,199}");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the qualifier has other characters, none, or too many
     */
    public BranchId {
        if (!QUALIFIER.matcher(qualifier).matches()) {
            throw malformed(qualifier);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is not one that {@link #toString()} writes
     */
    public static BranchId parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw malformed(text);
        }
        return new BranchId(TransactionId.parse(text.substring(0, dot)), text.substring(dot + 1));
    }

    /** Returns the text form. */
    @Override
    public String toString() {
        return transaction + "." + qualifier;
    }

    private static IllegalArgumentException malformed(String text) {
        String shown = text.length() > 250 ? text.substring(0, 250) + "…" : text;
        return new IllegalArgumentException("not the name of a branch: '" + shown.replaceAll("\\p{Cntrl}", "?") + "'");
    }
}
