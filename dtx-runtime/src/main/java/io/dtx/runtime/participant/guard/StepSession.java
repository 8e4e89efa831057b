package io.dtx.runtime.participant.guard;

/**
 * What an object-relational mapper has open on a step's connection. It is flushed when the business method has returned, and the
 * commit goes through it: the mapper's own last checks come first, then guard row and commit.
 */
interface StepSession {

    /** Sends what is pending; throws what the mapper throws, and the step fails. */
    void flush();

    /** Commits through the mapper, which calls the handle's commit, or its rollback. */
    void commit();

    /** Lets go of everything. Never touches the database. */
    void close();
}
