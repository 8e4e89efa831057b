package io.dtx.runtime.net;

/** Serves one {@link Service}. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Takes a request. Called on a network thread, in the order in which a connection's requests arrive; connections are
     * concurrent. Must not block: keep the request and answer later, from any thread. What it throws is logged, and the caller
     * learns that the effect is unknown.
     */
    void handle(Request request);
}
