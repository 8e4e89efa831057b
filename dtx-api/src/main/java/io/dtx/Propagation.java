package io.dtx;

/** What a call of a {@link DistributedTransaction} method does about the caller's transaction. */
public enum Propagation {
    /** Joins the caller's transaction, or begins one. */
    REQUIRED,
    /** Begins a transaction of its own, independent of the caller's. */
    REQUIRES_NEW,
    /** Joins the caller's transaction; without one the call is refused. */
    MANDATORY,
    /** Joins the caller's transaction; without one it is a plain call. */
    SUPPORTS,
    /** Runs outside of any transaction; the caller's is suspended meanwhile. */
    NOT_SUPPORTED,
    /** A plain call; refused inside a transaction. */
    NEVER
}
