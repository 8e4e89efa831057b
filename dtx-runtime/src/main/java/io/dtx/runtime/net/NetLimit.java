package io.dtx.runtime.net;

/** The bounds of a {@link Network}. Bytes are of payloads; times are milliseconds. */
public enum NetLimit {
    /** Connections that a server has open, in all. */
    CONNECTIONS(1024),
    /** Connections that a server has open with one IP address. */
    CONNECTIONS_PER_ADDRESS(256),
    /** Connections of a server that have not said hello; above it the oldest of them is closed. */
    STRANGERS(128),
    /** Within which a TCP connection must be made. Elections wait for it: short. */
    CONNECT_MILLIS(100),
    /** Within which a connection must have passed TLS and hello, from its acceptance on. */
    HANDSHAKE_MILLIS(5_000),
    /** After which a peer that sends nothing is dropped. It is asked for a sign of life after a quarter of it. */
    SILENCE_MILLIS(5_000),
    /** Within which a frame that has begun must be complete. */
    FRAME_MILLIS(30_000),
    /** After which a peer that does not take what is sent to it is dropped. */
    SLOW_READER_MILLIS(5_000),
    /** Bytes that wait for a peer to take them, above which nothing more is read from it; it is dropped at four times as many. */
    WRITE_BUFFER_BYTES(4 << 20),
    /** Requests without an answer on one connection; a client fails, a server refuses the next one. */
    REQUESTS(1024),
    /** Bytes of requests without an answer on one connection; as {@link #REQUESTS}. */
    REQUEST_BYTES(32 << 20),
    /** Bytes of requests without an answer on all connections of a server; as {@link #REQUESTS}. */
    SERVER_REQUEST_BYTES(128 << 20),
    /** Network threads. */
    THREADS(2);

    private final int standard;

    NetLimit(int standard) {
        this.standard = standard;
    }

    /** Returns the bound where nothing else is said. */
    public int standard() {
        return standard;
    }
}
