package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what runs at once: each resource, and each EXTERNAL step, has a lane of its own, so that a stuck participant delays its
 * own transactions only; and one transaction is worked on by one thread. Thread-safe.
 */
final class Lanes {

    static final int WIDTH = 8;

    private final Map<String, Semaphore> lanes = new ConcurrentHashMap<>();
    private final Set<TransactionId> busy = ConcurrentHashMap.newKeySet();

    /** The right to work on a transaction, in a lane. */
    final class Place {
        private final TransactionId transaction;
        private Semaphore lane;

        private Place(TransactionId transaction, Semaphore lane) {
            this.transaction = transaction;
            this.lane = lane;
        }

        /** Goes over to another lane if it has room. */
        boolean moveTo(@Nullable String resource, String step) {
            Semaphore next = lane(resource, step);
            if (next == lane) {
                return true;
            }
            if (!next.tryAcquire()) {
                return false;
            }
            lane.release();
            lane = next;
            return true;
        }

        void leave() {
            lane.release();
            busy.remove(transaction);
        }
    }

    /** Returns a place, or null if the lane is full or the transaction is being worked on. */
    @Nullable
    Place enter(TransactionId transaction, @Nullable String resource, String step) {
        if (!busy.add(transaction)) {
            return null;
        }
        Semaphore lane = lane(resource, step);
        if (!lane.tryAcquire()) {
            busy.remove(transaction);
            return null;
        }
        return new Place(transaction, lane);
    }

    private Semaphore lane(@Nullable String resource, String step) {
        return lanes.computeIfAbsent(PendingActions.lane(resource, step), key -> new Semaphore(WIDTH));
    }
}
