package io.dtx.benchmarks.load;

/** One of the systems that are compared. Its sagas are called by many threads at once. */
public interface Contender extends AutoCloseable {

    /** Returns the name that tables print. */
    String name();

    /**
     * Runs one saga to its end; each of its steps is marked in the ledger, at the latest when it is audited.
     *
     * @param caller which of the callers asks, from 0
     * @param sequence the caller's number of this saga, from 0
     */
    void saga(int caller, int sequence) throws Exception;

    /** Returns where its sagas are counted. */
    Ledger ledger();

    /** Returns what is wrong with its sagas. Asked after the last one, before it is closed. */
    default Audit audit() throws Exception {
        return ledger().audit();
    }

    /** Returns how often it has forced a disk so far. Asked after its last saga, before it is closed. */
    long forces() throws Exception;

    /** Returns the CPU time that it has used so far outside this process, in nanoseconds. */
    default long foreignCpuNanos() {
        return 0;
    }

    @Override
    void close() throws Exception;
}
