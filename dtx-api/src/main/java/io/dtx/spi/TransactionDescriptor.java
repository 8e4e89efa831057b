package io.dtx.spi;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.TransactionMode;
import java.util.List;

/**
 * What a {@link io.dtx.DistributedTransaction} says, checked at compile time.
 *
 * @param name the name in log, messages and configuration
 * @param mode how the steps become one
 * @param propagation what to do about the caller's transaction
 * @param recovery what happens when the owner dies
 * @param timeoutMillis how long it may stay undecided; 0 for the configured default
 * @param dontRollbackOn exceptions that let it commit
 * @param sensitive whether a value of the method is {@link io.dtx.Sensitive}: failures may tell it
 */
public record TransactionDescriptor(
        String name,
        TransactionMode mode,
        Propagation propagation,
        Recovery recovery,
        long timeoutMillis,
        List<Class<? extends Throwable>> dontRollbackOn,
        boolean sensitive) {

    /** Describes a method without sensitive values. */
    public TransactionDescriptor(
            String name,
            TransactionMode mode,
            Propagation propagation,
            Recovery recovery,
            long timeoutMillis,
            List<Class<? extends Throwable>> dontRollbackOn) {
        this(name, mode, propagation, recovery, timeoutMillis, dontRollbackOn, false);
    }

    /** Takes a copy of the list. */
    public TransactionDescriptor {
        dontRollbackOn = List.copyOf(dontRollbackOn);
    }

    /** Returns whether an exception that leaves the method rolls the transaction back. */
    public boolean rollsBackOn(Throwable failure) {
        return dontRollbackOn.stream().noneMatch(type -> type.isInstance(failure));
    }
}
