package io.dtx.runtime.net;

/** Takes what members push over our own connections to them. */
@FunctionalInterface
public interface PushHandler {

    /** Takes a message. Called on a network thread, in the order in which a connection's messages arrive; must not block. */
    void pushed(Address from, Service service, byte[] payload);
}
