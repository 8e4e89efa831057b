package io.dtx.benchmarks.atomic;

/** What a transaction does at one of its two resource managers. */
@FunctionalInterface
public interface Work {

    /** Adds an effect, in the transaction of the calling thread. */
    void add(int caller, int sequence) throws Exception;
}
