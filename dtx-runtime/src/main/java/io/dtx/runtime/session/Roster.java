package io.dtx.runtime.session;

import java.util.List;

/**
 * Who is in the cluster, as one member knows and changes it: what operators reach of the log behind a port. Changes are asked
 * for again and again until they are made, of whoever leads; each call only begins one, or looks how far it is. Thread-safe.
 */
public interface Roster {

    /** Returns what this member knows; never waits for another one. */
    RosterView view();

    /** Returns where all members listen, as {@code host:port}, as far as this member knows; empty for one that is alone. */
    List<String> addresses();

    /**
     * Lets a member take part that waits to be added.
     *
     * @param member {@code id@host:port}
     * @return whether it does; false: it is under way, ask again
     * @throws ChangeRefusedException if that cannot be, or has failed; nothing was changed
     * @throws RuntimeException of any other kind if somebody else has to be asked
     */
    boolean add(String member);

    /**
     * Lets a member go. One that leads hands its place over first, and does not answer for it any more.
     *
     * @return whether it is gone, or never was; false: it is under way, ask again
     * @throws ChangeRefusedException as {@link #add}
     */
    boolean remove(int id);

    /**
     * Lets a member lead.
     *
     * @return whether it does; false: it is under way, ask again
     * @throws ChangeRefusedException as {@link #add}
     */
    boolean transferTo(int id);
}
