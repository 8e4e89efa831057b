package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.Action;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what runs at once: each resource, and each EXTERNAL step, has a lane of its own, so that a stuck participant delays its
 * own transactions only; and one transaction is worked on by one thread. An attempt that hangs beyond its claim gives way to the
 * next one, and counts apart, until as many hang as the lane is wide. Thread-safe.
 */
final class Lanes {

    static final int WIDTH = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<TransactionId, Place> places = new HashMap<>();

    /** What runs in a lane. */
    private static final class Lane {
        private int atWork;
        private int overtaken;
    }

    /** The right to work on a transaction, in a lane. */
    final class Place {
        private Action action;
        private Lane lane;
        private boolean overtaken;

        private Place(Action action, Lane lane) {
            this.action = action;
            this.lane = lane;
        }

        /** Goes over to the action of a lower step of the transaction, perhaps in another lane, if that has room. */
        boolean moveTo(Action next, @Nullable String resource, String step) {
            lock.lock();
            try {
                Lane other = lane(resource, step);
                if (overtaken || (other != lane && other.atWork == WIDTH)) {
                    return false;
                }
                lane.atWork--;
                other.atWork++;
                lane = other;
                action = next;
                return true;
            } finally {
                lock.unlock();
            }
        }

        void leave() {
            lock.lock();
            try {
                if (overtaken) {
                    lane.overtaken--;
                } else {
                    lane.atWork--;
                    places.remove(action.transaction());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns a place, or null if the lane is full or the transaction is being worked on. */
    @Nullable
    Place enter(Action action, @Nullable String resource, String step) {
        lock.lock();
        try {
            Lane lane = lane(resource, step);
            Place present = places.get(action.transaction());
            if (present != null && !overtake(present, action)) {
                return null;
            }
            if (lane.atWork == WIDTH) {
                return null;
            }
            lane.atWork++;
            Place place = new Place(action, lane);
            places.put(action.transaction(), place);
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** The state offers a later attempt at the same step: the claim of the present one has ended, but it has not returned. */
    private static boolean overtake(Place present, Action action) {
        boolean hangs = present.action.step() == action.step() && present.action.attempt() < action.attempt();
        if (!hangs || present.lane.overtaken == WIDTH) {
            return false;
        }
        present.overtaken = true;
        present.lane.atWork--;
        present.lane.overtaken++;
        return true;
    }

    private Lane lane(@Nullable String resource, String step) {
        return lanes.computeIfAbsent(Need.lane(resource, step), key -> new Lane());
    }
}
