package io.dtx.runtime.net;

/** Text from peers, made fit for messages and logs: one line, visible characters, a bounded length. */
final class Text {

    private static final int LENGTH_MAX = 500;

    private Text() {}

    static String visible(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), LENGTH_MAX));
        for (int i = 0; i < text.length() && out.length() < LENGTH_MAX; i++) {
            char each = text.charAt(i);
            boolean plain = each >= ' ' && each != 0x7F && !Character.isISOControl(each) && !isSeparator(each);
            out.append(plain ? each : '?');
        }
        return text.length() > LENGTH_MAX ? out + "…" : out.toString();
    }

    private static boolean isSeparator(char each) {
        int type = Character.getType(each);
        return type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }

    /** Returns the message of an exception, or its type if it has none. */
    static String of(Throwable e) {
        String message = e.getMessage();
        return visible(message == null || message.isBlank() ? e.getClass().getName() : message);
    }

    /** Returns a cluster's identity as it is written everywhere; "none" for 0. */
    static String cluster(long cluster) {
        return cluster == 0 ? "none" : String.format("%016x", cluster);
    }
}
