package io.dtx.runtime.net;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** What one connection's callers wait for, within the bounds of the connection and of its server. Thread-safe. */
final class Unanswered {

    private final int requestsMax;
    private final int bytesMax;
    private final int serverBytesMax;
    private final AtomicLong serverBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private int requests;
    private long bytes;
    private boolean ended;

    /** Creates an empty one; {@code serverBytes} is shared by the connections of a server. */
    Unanswered(NetOptions options, AtomicLong serverBytes) {
        this.requestsMax = options.limit(NetLimit.REQUESTS);
        this.bytesMax = options.limit(NetLimit.REQUEST_BYTES);
        this.serverBytesMax = options.limit(NetLimit.SERVER_REQUEST_BYTES);
        this.serverBytes = serverBytes;
    }

    /** Counts a request; returns whether it is within the bounds. Counted it is in any case. */
    boolean add(int size) {
        lock.lock();
        try {
            requests++;
            bytes += size;
            return serverBytes.addAndGet(size) <= serverBytesMax && requests <= requestsMax && bytes <= bytesMax;
        } finally {
            lock.unlock();
        }
    }

    /** A request is answered. */
    void remove(int size) {
        lock.lock();
        try {
            if (!ended) {
                requests--;
                bytes -= size;
                serverBytes.addAndGet(-size);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The connection is gone: what nobody has answered, nobody waits for. */
    void end() {
        lock.lock();
        try {
            ended = true;
            serverBytes.addAndGet(-bytes);
        } finally {
            lock.unlock();
        }
    }
}
