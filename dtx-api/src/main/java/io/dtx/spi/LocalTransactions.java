package io.dtx.spi;

import java.sql.Connection;

/**
 * Local transactions of a resource that the application begins and commits itself, in its own way: for a framework that owns
 * the connection. The body's last statement is the guard row; whatever the body does must be committed, or rolled back, together.
 */
public interface LocalTransactions {

    /**
     * Begins a transaction on a fresh connection, runs the body with it, and commits; rolls back if the body throws.
     *
     * @return what the body returned, after the commit was answered
     * @throws Exception what the body threw, after a roll-back; or what commit threw, when nobody knows whether it took effect
     */
    <T> T call(Body<T> body) throws Exception;

    /** What runs in the transaction. */
    interface Body<T> {
        /** Works on the transaction's connection; never commits or closes it. */
        T run(Connection connection) throws Exception;
    }
}
