package io.dtx.runtime.coordinator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Which sessions the leader has heard of, and until when each of them is taken for alive. Times are {@link System#nanoTime()}
 * of this process, passed in. Thread-safe, but for {@link #silent}: one thread asks.
 */
final class Presence {

    private static final long TICK_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final long timeoutNanos;
    private final long graceNanos;
    private final Map<Long, Long> aliveUntil = new ConcurrentHashMap<>();
    private final Set<Long> away =
            ConcurrentHashMap.newKeySet(); // their connection has broken, and nothing was heard since
    private long lastAsked;

    /**
     * Takes every session for alive when it first hears of it.
     *
     * @param timeoutMillis how long a session may be silent
     * @param graceMillis how long it may stay away once its connection has broken, if that is less
     */
    Presence(long timeoutMillis, long graceMillis) {
        timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        graceNanos = Math.min(timeoutNanos, TimeUnit.MILLISECONDS.toNanos(graceMillis));
    }

    /** A session has sent something. */
    void heard(long session, long now) {
        aliveUntil.put(session, now + timeoutNanos);
        away.remove(session);
    }

    /** The connection over which a session was heard of is broken; whatever it sends restores its time. */
    void connectionLost(long session, long now) {
        Long left = aliveUntil.computeIfPresent(
                session, (id, until) -> until - now < graceNanos ? until : now + graceNanos);
        if (left != null) {
            away.add(session);
        }
    }

    /** This member has just begun to lead: every session has its full time again. */
    void restart() {
        aliveUntil.clear();
        away.clear();
    }

    /**
     * Returns those of the open sessions that were silent for too long. When this was asked late, the process was held up, and
     * messages may wait unread: then every session has its time again, the grace if its connection has broken.
     */
    List<Long> silent(Collection<Long> open, long now) {
        boolean late = now - lastAsked > TICK_LATE_NANOS;
        lastAsked = now;
        if (late) {
            aliveUntil.clear();
        }
        aliveUntil.keySet().retainAll(open);
        away.retainAll(open);
        List<Long> silent = new ArrayList<>(0);
        for (long each : open) {
            if (now - aliveUntil.computeIfAbsent(each, id -> now + (away.contains(id) ? graceNanos : timeoutNanos))
                    >= 0) {
                silent.add(each);
            }
        }
        return silent;
    }
}
