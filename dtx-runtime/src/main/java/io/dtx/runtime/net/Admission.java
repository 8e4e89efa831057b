package io.dtx.runtime.net;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections of a server: in all, by address, and those that have not said hello. Of the last the oldest has to go
 * when there are too many: who means it introduces himself within milliseconds, so strangers that only hold connections keep
 * nobody out. Thread-safe.
 */
final class Admission {

    private final int all;
    private final int perAddress;
    private final int strangersMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private final Set<ServerLink> strangers = new LinkedHashSet<>();
    private int count;

    Admission(NetOptions options) {
        this.all = options.limit(NetLimit.CONNECTIONS);
        this.perAddress = options.limit(NetLimit.CONNECTIONS_PER_ADDRESS);
        this.strangersMax = options.limit(NetLimit.STRANGERS);
    }

    /** Counts one more, or returns why there may not be. */
    @Nullable
    Refusal admit(InetAddress peer, ServerLink link) {
        ServerLink oldest = null;
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
            strangers.add(link);
            if (strangers.size() > strangersMax) {
                Iterator<ServerLink> each = strangers.iterator();
                oldest = each.next();
                each.remove();
            }
        } finally {
            lock.unlock();
        }
        if (oldest != null) {
            oldest.end(new Refusal(
                    5316, "no hello, and more than " + strangersMax + " others have not introduced themselves either"));
        }
        return null;
    }

    /** It has said hello. */
    void greeted(ServerLink link) {
        lock.lock();
        try {
            strangers.remove(link);
        } finally {
            lock.unlock();
        }
    }

    /** Counts one less of those that were admitted. */
    void leave(InetAddress peer, ServerLink link) {
        lock.lock();
        try {
            strangers.remove(link);
            count--;
            byAddress.computeIfPresent(peer, (each, ofPeer) -> ofPeer == 1 ? null : ofPeer - 1);
        } finally {
            lock.unlock();
        }
    }
}
