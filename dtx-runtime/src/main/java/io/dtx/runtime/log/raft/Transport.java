package io.dtx.runtime.log.raft;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** How the members of a cluster reach each other. An answer belongs to its request, however late it comes. Thread-safe. */
interface Transport {

    /** A message is at most so long. */
    int MESSAGE_BYTES_MAX = 768 << 10;

    /**
     * Sends a request. Never blocks, not even to connect; requests to one address arrive in the order in which they were sent, as
     * long as the connection holds.
     *
     * @param address {@link Member#address()}
     * @return the answer, on any thread; fails when it was not sent, was refused, or was not answered in time
     */
    CompletableFuture<byte[]> request(String address, byte[] message, long timeoutMillis);

    /** Hands requests over from now on; before, they are refused. */
    void serve(Receiver receiver);

    /** Hands nothing over any more. What is at work may still be answered. */
    void stopServing();

    /** Takes requests. */
    interface Receiver {
        /** Takes one; called in the order of a connection's requests, by one thread of its own or of the network's; waits for no other member. */
        void received(Incoming request);
    }

    /** A request that waits for its answer. */
    interface Incoming {
        byte[] message();

        /** Where it came from. */
        Link link();

        /** Answers, once. */
        void reply(byte[] message);

        /** Answers, instead, that nothing is done about it. */
        void refuse();
    }

    /** A connection on which requests arrive. The same one is always the same object. */
    interface Link {
        String remoteAddress();

        /** What the receiver keeps about the connection. */
        Map<String, Object> attributes();

        void close();
    }
}
