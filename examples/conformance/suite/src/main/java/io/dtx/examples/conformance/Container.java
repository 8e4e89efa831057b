package io.dtx.examples.conformance;

import io.dtx.runtime.Dtx;

/** A container with the application in it, as the suite uses it. Closing it brings the application down. */
public interface Container extends AutoCloseable {

    /** Starts the application. */
    interface Starter {
        /** Returns the container once the application is up. */
        Container start() throws Exception;
    }

    /** Returns the container's object of a class of the application. */
    <T> T bean(Class<T> type);

    /** Returns the container's Dtx. */
    default Dtx dtx() {
        return bean(Dtx.class);
    }

    @Override
    void close() throws Exception;
}
