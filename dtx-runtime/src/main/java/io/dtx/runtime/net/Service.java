package io.dtx.runtime.net;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be asked for at a member's port: who may call it is a matter of the caller's role. */
public enum Service {
    /** Consensus among members. */
    RAFT(1, false, EnumSet.of(Role.MEMBER)),
    /** Sessions of applications: commands, heartbeats, offers. */
    SESSION(2, true, EnumSet.of(Role.MEMBER, Role.APPLICATION)),
    /** Making, inspecting and changing the cluster. */
    OPERATOR(3, true, EnumSet.of(Role.MEMBER, Role.OPERATOR));

    private final byte tag;
    private final boolean open;
    private final Set<Role> callers;

    Service(int tag, boolean open, Set<Role> callers) {
        this.tag = (byte) tag;
        this.open = open;
        this.callers = callers;
    }

    /** Its tag on the wire; never reused. */
    byte tag() {
        return tag;
    }

    /** Returns whether a peer of this role may call it. */
    public boolean mayBeCalledBy(Role role) {
        return callers.contains(role);
    }

    /**
     * Returns whether it may be called before both sides know that they belong to the same cluster: by an application that has
     * just started, whose cluster is what the first member says, and by an operator who asks, or who makes the cluster.
     */
    public boolean mayMeetStrangers() {
        return open;
    }

    static @Nullable Service ofTag(int tag) {
        for (Service each : values()) {
            if (each.tag == tag) {
                return each;
            }
        }
        return null;
    }
}
