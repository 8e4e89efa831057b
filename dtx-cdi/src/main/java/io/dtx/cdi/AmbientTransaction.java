package io.dtx.cdi;

/** Somebody else's transaction that a thread may be in. Steps are not part of it: what they do commits by itself. */
@FunctionalInterface
interface AmbientTransaction {

    /** Where nobody else has transactions. */
    AmbientTransaction NONE = () -> () -> {};

    /** Puts the thread's transaction aside, if there is one, and returns what brings it back. */
    Runnable suspend();
}
