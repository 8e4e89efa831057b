package io.dtx.benchmarks.atomic;

/** How a transaction of stock Narayana comes by its two branches, and does their work. */
interface Branches extends AutoCloseable {

    /** Puts a branch into the calling thread's transaction, and adds an effect in it. */
    void add(int branch, int caller, int sequence) throws Exception;

    @Override
    void close() throws Exception;
}
