package io.dtx.runtime.net;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An address that a client calls: at most one connection at a time, and a pause after one that failed. Thread-safe. */
final class Peer {

    private static final long PAUSE_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PAUSE_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Client client;
    private final Network network;
    private final Address address;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable ClientLink link;
    private @Nullable Refusal closed;
    private @Nullable Refusal lastFailure;
    private long pauseNanos;
    private long pauseBegan;

    Peer(Client client, Network network, Address address) {
        this.client = client;
        this.network = network;
        this.address = address;
    }

    /** Returns the connection, begun if there is none; throws while it pauses. */
    ClientLink link() {
        ClientLink current = link;
        if (current != null && current.isUsable()) {
            return current;
        }
        lock.lock();
        try {
            current = link;
            if (current != null && current.isUsable()) {
                return current;
            }
            if (closed != null) {
                throw new NotSentException(closed.code(), "not sent to " + address + ": " + closed.text(), null);
            }
            Refusal failure = lastFailure;
            if (failure != null && System.nanoTime() - pauseBegan < pauseNanos) {
                throw new NotSentException(
                        failure.code(), "not sent, shortly after a failure: " + failure.text(), null);
            }
            current = ClientLink.create(this, network, client.loop(), address);
            link = current;
        } finally {
            lock.unlock();
        }
        current.connect();
        return current;
    }

    boolean isReady() {
        ClientLink current = link;
        return current != null && current.isReady();
    }

    OptionalLong clockAheadMillis() {
        ClientLink current = link;
        return current == null ? OptionalLong.empty() : current.clockAheadMillis();
    }

    void connected() {
        lock.lock();
        try {
            lastFailure = null;
            pauseNanos = 0;
        } finally {
            lock.unlock();
        }
    }

    /** The link is over; if it had never been ready, the next one has to wait a little. */
    void ended(ClientLink which, boolean wasReady, Refusal reason) {
        lock.lock();
        try {
            if (!wasReady) {
                lastFailure = reason;
                pauseBegan = System.nanoTime();
                pauseNanos = Math.min(PAUSE_MAX_NANOS, Math.max(PAUSE_MIN_NANOS, pauseNanos * 2));
            }
            if (link == which) {
                link = null;
            }
        } finally {
            lock.unlock();
        }
        client.ended(address, wasReady, reason);
    }

    void pushed(Service service, byte[] payload) {
        client.pushed(address, service, payload);
    }

    /** Ends the connection, and makes none any more. */
    void close(Refusal reason) {
        ClientLink current;
        lock.lock();
        try {
            closed = reason;
            current = link;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.close(reason);
        }
    }
}
