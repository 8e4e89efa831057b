package io.dtx.runtime.participant.guard;

/** What the database meant by refusing one of our own statements. */
enum SqlFailure {
    /** The key is taken. */
    DUPLICATE,
    /** The guard row's kind was null: no session row passed the check. */
    NOT_ALLOWED,
    /** Deadlock, lock timeout, serialization: a new transaction may fare better. */
    TRANSIENT,
    /** Anything else. */
    OTHER
}
