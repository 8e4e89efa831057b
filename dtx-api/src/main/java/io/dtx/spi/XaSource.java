package io.dtx.spi;

import javax.transaction.xa.XAResource;

/**
 * Connections to a resource manager that takes part in two-phase commit and is no {@code XADataSource}, such as a message
 * broker. Registered with {@code Dtx.builder().xaResource(name, source)}.
 *
 * <p>Thread-safe. Whatever it needs to connect must be there whenever dtx starts: after a crash dtx opens connections of its own
 * to finish what was in doubt, and asks each for the branches that its resource manager has prepared.
 */
@FunctionalInterface
public interface XaSource {

    /**
     * Opens a connection of its own, for one transaction or for one look at what is in doubt.
     *
     * @throws Exception if the resource manager does not answer
     */
    XaConnection open() throws Exception;

    /**
     * Returns what tells the resource manager behind this source from every other one, such as the id that a broker gave itself: the
     * same in each process that leads to it, at most 200 characters. Kept with each decision to commit, so that no process with
     * another resource manager under the same name concludes that nothing is in doubt any more. Asked once at each start.
     *
     * @return empty: it tells none, and its name has to lead to the same one in every process
     * @throws Exception if the resource manager does not answer
     */
    default String storeId() throws Exception {
        return "";
    }

    /** A connection whose work takes part in one transaction. Used by one thread at a time. */
    interface XaConnection extends AutoCloseable {

        /**
         * Returns what enlists it. {@link XAResource#recover} must list every branch that is prepared at the resource manager,
         * whichever connection prepared it.
         */
        XAResource resource();

        /** Returns what business code works with, such as a {@code jakarta.jms.JMSContext}. */
        Object handle();

        @Override
        void close() throws Exception;
    }
}
