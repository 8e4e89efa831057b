package io.dtx.runtime.participant;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An ATOMIC transaction on the thread that began it. Either verb ends it and takes the thread out of it. */
public interface AtomicTransaction {

    /**
     * Commits; never throws what a resource manager answers.
     *
     * @param refused asked once more after everything that runs before completion: whether it must roll back
     */
    Ending commit(BooleanSupplier refused);

    /** Rolls back; never throws what a resource manager answers. */
    Ending rollback();

    /** Returns whether somebody, the transaction manager itself included, has decided that it cannot commit. */
    boolean isRollbackOnly();

    /**
     * How a transaction ended.
     *
     * @param kind what the caller is told
     * @param cause what a resource manager or the log answered, if that explains it
     */
    record Ending(Kind kind, @Nullable Throwable cause) {

        /** What the caller is told. */
        public enum Kind {
            /** Its decision to commit is in the log, or its only branch has committed. */
            COMMITTED,
            /** It had no effect; branches that could not be reached are rolled back when they are seen. */
            ROLLED_BACK,
            /** A resource manager has ended its branch by its own decision, against the transaction's; the log says which. */
            MIXED,
            /** A single branch may have committed or not, or the log may have the decision or not. */
            UNKNOWN
        }
    }
}
