package io.dtx.runtime.crash;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The points of the protocol that the wrapped log and data sources pass, by label, and those at which something happens.
 *
 * <ul>
 *   <li>{@code append:START_STEP:2:before}: the append of an entry with this command for this call; {@code after}: it is applied,
 *       and nobody has been answered. Decisions have {@code COMMIT} or {@code ABORT} in the place of the call, commands without a
 *       transaction 0
 *   <li>{@code body:payments:D}: a step, or {@code U} its compensation, has done half of its work
 *   <li>{@code guard:payments:D:before}, {@code after}: the insert of a guard row, {@code T} for the one of a tombstone. Where the
 *       driver sends row and commit in one trip, after it is after the commit
 *   <li>{@code commit:payments:D:before}, {@code after}: the commit behind that row, where it is sent apart
 *   <li>{@code session:payments:A:before}, {@code after}: the insert of a session row, {@code F} for its fencing
 * </ul>
 *
 * Thread-safe.
 */
final class Points {

    /** What happens at a point; may throw, halt or wait. */
    interface Event {
        void at(String label) throws Exception;
    }

    private record Armed(AtomicInteger toPass, Event event) {}

    private final Map<String, Armed> armed = new ConcurrentHashMap<>();

    /**
     * Has something happen once.
     *
     * @param label where
     * @param passes how often the point is passed before
     */
    void arm(String label, int passes, Event event) {
        armed.put(label, new Armed(new AtomicInteger(passes), event));
    }

    /** Passes a point. */
    void pass(String label) throws Exception {
        Armed present = armed.get(label);
        if (present != null && present.toPass.getAndDecrement() == 0) {
            present.event.at(label);
        }
    }
}
