package io.dtx.runtime.participant.guard;

import java.util.HexFormat;

/** The name that a session's connections carry, where the database shows names: {@code dtx-cluster-session}. */
record SessionTag(String text) {

    private static final int NAME_MAX = 63; // PostgreSQL cuts longer ones

    static SessionTag of(long cluster, long session) {
        return new SessionTag(
                "dtx-" + HexFormat.of().toHexDigits(cluster) + '-' + Long.toString(session, Character.MAX_RADIX));
    }

    /** Returns the connection's name with this tag at its end, in place of another session's. */
    String appendTo(String name) {
        int old = name.indexOf("dtx-");
        String own = (old < 0 ? name : name.substring(0, old)).strip();
        int room = NAME_MAX - text.length() - 1;
        return own.isEmpty()
                ? text
                : own.substring(0, Math.min(own.length(), room)).strip() + ' ' + text;
    }
}
