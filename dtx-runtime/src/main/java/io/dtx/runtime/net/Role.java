package io.dtx.runtime.net;

import org.jspecify.annotations.Nullable;

/**
 * What a process may do, as its certificate says in a subject alternative name of kind URI: {@code dtx:role:member},
 * {@code dtx:role:application} or {@code dtx:role:operator}, exactly one of them.
 */
public enum Role {
    /** Hosts the log. The only role that may listen. */
    MEMBER(1),
    /** Runs transactions through members. */
    APPLICATION(2),
    /** Inspects and changes the cluster: a person at the command line. */
    OPERATOR(3);

    private static final String URI_PREFIX = "dtx:role:";

    private final byte tag;

    Role(int tag) {
        this.tag = (byte) tag;
    }

    /** Its tag on the wire; never reused. */
    byte tag() {
        return tag;
    }

    static @Nullable Role ofTag(int tag) {
        for (Role each : values()) {
            if (each.tag == tag) {
                return each;
            }
        }
        return null;
    }

    /** Returns the name that a certificate of this role carries. */
    public String uri() {
        return URI_PREFIX + word();
    }

    /** Returns the role's word in certificates and commands: {@code member}, {@code application}, {@code operator}. */
    public String word() {
        return switch (this) {
            case MEMBER -> "member";
            case APPLICATION -> "application";
            case OPERATOR -> "operator";
        };
    }

    static @Nullable Role ofUri(String uri) {
        for (Role each : values()) {
            if (each.uri().equals(uri)) {
                return each;
            }
        }
        return null;
    }
}
