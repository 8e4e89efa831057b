package io.dtx;

/**
 * The name of a transaction for all time: {@code cluster-session-number}.
 *
 * <p>Text form: 16 hexadecimal digits, then two numbers in base 36, all lower case and at most 40 characters. The order is
 * by cluster, session, number; inside one session it is the order of beginning.
 *
 * @param cluster the 64 random bits that name the coordinator log
 * @param session the log index at which the owner's session was opened, at least 1
 * @param number the session's counter, at least 1
 */
public record TransactionId(long cluster, long session, long number) implements Comparable<TransactionId> {

    private static final int CLUSTER_DIGITS = 16;
    private static final int RADIX = 36;
    private static final long SESSION_MAX = 101_559_956_668_415L; // zzzzzzzzz in base 36: nine digits

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if session or number is below 1, or the text form would be longer than 40 characters
     */
    public TransactionId {
        if (session < 1 || number < 1 || session > SESSION_MAX) {
            throw new IllegalArgumentException("no transaction id: session " + session + ", number " + number);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is not one that {@link #toString()} writes
     */
    public static TransactionId parse(String text) {
        int second = text.indexOf('-', CLUSTER_DIGITS + 1);
        if (text.length() > 40 || second < 0 || text.charAt(CLUSTER_DIGITS) != '-') {
            throw malformed(text);
        }
        try {
            TransactionId id = new TransactionId(
                    Long.parseUnsignedLong(text, 0, CLUSTER_DIGITS, 16),
                    Long.parseLong(text, CLUSTER_DIGITS + 1, second, RADIX),
                    Long.parseLong(text, second + 1, text.length(), RADIX));
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
        throw malformed(text);
    }

    @Override
    public int compareTo(TransactionId other) {
        if (cluster != other.cluster) {
            return Long.compareUnsigned(cluster, other.cluster);
        }
        return session == other.session ? Long.compare(number, other.number) : Long.compare(session, other.session);
    }

    /** Returns the text form. */
    @Override
    public String toString() {
        String hex = Long.toHexString(cluster);
        return "0".repeat(CLUSTER_DIGITS - hex.length())
                + hex
                + '-'
                + Long.toString(session, RADIX)
                + '-'
                + Long.toString(number, RADIX);
    }

    private static IllegalArgumentException malformed(String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new IllegalArgumentException("not a transaction id: '" + shown.replaceAll("\\p{Cntrl}", "?")
                + "'; expected 16 hexadecimal digits, '-', session, '-', number, such as 5f3a09c2d1e4b687-1-2s");
    }
}
