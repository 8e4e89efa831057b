package io.dtx.cdi;

import jakarta.enterprise.inject.spi.BeanManager;

/** Somebody else's transaction that a thread may be in. Steps are not part of it: what they do commits by itself. */
@FunctionalInterface
interface AmbientTransaction {

    /** Where nobody else has transactions. */
    AmbientTransaction NONE = () -> () -> {};

    /** Finds those of the container. */
    static AmbientTransaction in(BeanManager beans) {
        try {
            Class.forName("jakarta.transaction.TransactionManager", false, AmbientTransaction.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return NONE;
        }
        return ServerTransaction.of(beans);
    }

    /** Puts the thread's transaction aside, if there is one, and returns what brings it back. */
    Runnable suspend();
}
