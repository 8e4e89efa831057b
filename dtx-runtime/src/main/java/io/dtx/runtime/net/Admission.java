package io.dtx.runtime.net;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Counts the connections of a server, in all and by address. Thread-safe. */
final class Admission {

    private final int all;
    private final int perAddress;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int count;

    Admission(NetOptions options) {
        this.all = options.limit(NetLimit.CONNECTIONS);
        this.perAddress = options.limit(NetLimit.CONNECTIONS_PER_ADDRESS);
    }

    /** Counts one more, or returns why there may not be. */
    @Nullable
    Refusal admit(InetAddress peer) {
        lock.lock();
        try {
            int ofPeer = byAddress.getOrDefault(peer, 0);
            if (ofPeer >= perAddress) {
                return new Refusal(5318, "it has " + perAddress + " connections, as many as one address may have");
            }
            if (count >= all) {
                return new Refusal(5318, "there are " + all + " connections, as many as a member takes");
            }
            count++;
            byAddress.put(peer, ofPeer + 1);
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Counts one less of those that were admitted. */
    void leave(InetAddress peer) {
        lock.lock();
        try {
            count--;
            byAddress.computeIfPresent(peer, (each, ofPeer) -> ofPeer == 1 ? null : ofPeer - 1);
        } finally {
            lock.unlock();
        }
    }
}
