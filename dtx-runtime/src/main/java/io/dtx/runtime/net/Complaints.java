package io.dtx.runtime.net;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what peers do wrong, each kind of thing once per peer and period: the next line about it tells how many were not said.
 * Peers beyond a bound share one entry, so that neither log nor heap grows with the number of strangers. Thread-safe.
 */
final class Complaints {

    private static final System.Logger LOG = System.getLogger(Complaints.class.getName());
    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int PEERS_MAX = 256;
    private static final String OTHERS = "other addresses";

    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Said> said = new HashMap<>();

    private record Key(String peer, int code) {}

    private static final class Said {
        private long at;
        private long silently;

        Said(long at) {
            this.at = at;
        }
    }

    Complaints(LongSupplier nanoClock) {
        this.clock = nanoClock;
    }

    /** Logs a warning about a peer, unless the same was logged shortly before. */
    void about(String peer, Refusal what) {
        String more = sayable(peer, what.code());
        if (more != null) {
            LOG.log(System.Logger.Level.WARNING, "DTX-" + what.code() + " of " + peer + ": " + what.text() + more);
        }
    }

    /** Logs an error of ours that a peer has brought about and may bring about again, with as few words. */
    void ofOurs(String peer, Refusal what, Throwable cause) {
        String more = sayable(peer, what.code());
        if (more != null) {
            LOG.log(System.Logger.Level.ERROR, "DTX-" + what.code() + " of " + peer + ": " + what.text() + more, cause);
        }
    }

    private @Nullable String sayable(String peer, int code) {
        lock.lock();
        try {
            long now = clock.getAsLong();
            Key key = new Key(peer, code);
            if (!said.containsKey(key) && said.size() >= PEERS_MAX) {
                forgetOld(now);
                key = said.size() >= PEERS_MAX ? new Key(OTHERS, code) : key;
            }
            Said before = said.get(key);
            if (before == null) {
                said.put(key, new Said(now));
                return "";
            }
            if (now - before.at < PERIOD_NANOS) {
                before.silently++;
                return null;
            }
            String more = before.silently == 0 ? "" : " (and " + before.silently + " times since it was last said)";
            before.at = now;
            before.silently = 0;
            return more;
        } finally {
            lock.unlock();
        }
    }

    private void forgetOld(long now) {
        for (Iterator<Said> each = said.values().iterator(); each.hasNext(); ) {
            if (now - each.next().at >= PERIOD_NANOS) {
                each.remove();
            }
        }
    }
}
