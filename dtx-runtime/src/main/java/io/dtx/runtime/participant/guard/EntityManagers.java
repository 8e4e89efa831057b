package io.dtx.runtime.participant.guard;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;

/** Where the entity managers of one resource come from. Thread-safe. */
interface EntityManagers {

    /**
     * Returns the factory.
     *
     * @throws IllegalStateException before the resource is started
     */
    EntityManagerFactory factory();

    /** Returns the entity manager of the transaction that the current thread is in, null outside of transactions. */
    @Nullable
    EntityManager current();

    /** Returns what has an entity manager of its own, for messages. */
    String scope();
}
