package io.dtx.runtime.coordinator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which sessions the leader has heard of, and until when each of them is taken for alive. Times are {@link System#nanoTime()}
 * of this process, passed in. Thread-safe.
 */
final class Presence {

    private static final long TICK_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final long timeoutNanos;
    private final long graceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Long> aliveUntil = new HashMap<>();
    private final Set<Long> away = new HashSet<>(); // their connection has broken, and nothing was heard since
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
        lock.lock();
        try {
            aliveUntil.put(session, now + timeoutNanos);
            away.remove(session);
        } finally {
            lock.unlock();
        }
    }

    /** The connection over which a session was heard of is broken; whatever it sends restores its time. */
    void connectionLost(long session, long now) {
        lock.lock();
        try {
            Long until = aliveUntil.get(session);
            if (until != null) {
                aliveUntil.put(session, until - now < graceNanos ? until : now + graceNanos);
                away.add(session);
            }
        } finally {
            lock.unlock();
        }
    }

    /** This member has just begun to lead: every session has its full time again. */
    void restart() {
        lock.lock();
        try {
            aliveUntil.clear();
            away.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns those of the open sessions that were silent for too long. When this was asked late, the process was held up, and
     * messages may wait unread: then every session has its time again, the grace if its connection has broken.
     */
    List<Long> silent(Collection<Long> open, long now) {
        lock.lock();
        try {
            boolean late = now - lastAsked > TICK_LATE_NANOS;
            lastAsked = now;
            if (late) {
                aliveUntil.clear();
            }
            Set<Long> present = new HashSet<>(open);
            aliveUntil.keySet().retainAll(present);
            away.retainAll(present);
            List<Long> silent = new ArrayList<>(0);
            for (long each : open) {
                if (now - aliveUntil.computeIfAbsent(each, id -> now + left(id)) >= 0) {
                    silent.add(each);
                }
            }
            return silent;
        } finally {
            lock.unlock();
        }
    }

    private long left(long session) {
        return away.contains(session) ? graceNanos : timeoutNanos;
    }
}
