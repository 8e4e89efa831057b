package io.dtx.benchmarks.atomic;

import jakarta.transaction.TransactionManager;

/** How a transaction of stock Narayana comes by its two branches, and does their work. */
interface Branches extends AutoCloseable {

    /** Puts a branch into the calling thread's transaction, and adds an effect in it. */
    void add(int branch, int caller, int sequence) throws Exception;

    /** Commits a transaction of both. */
    default void commit(TransactionManager manager, int caller, int sequence) throws Exception {
        manager.begin();
        for (int branch = 0; branch < 2; branch++) {
            add(branch, caller, sequence);
        }
        manager.commit();
    }

    @Override
    void close() throws Exception;
}
