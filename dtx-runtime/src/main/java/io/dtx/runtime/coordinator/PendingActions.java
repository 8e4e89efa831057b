package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is due and unclaimed, at most one action per transaction, by lane: the resource or EXTERNAL step that it needs. Whoever
 * asks sees the oldest of every lane, so that a lane that does not move hides no other.
 */
final class PendingActions {

    private final Map<String, Map<TransactionId, Action>> lanes = new HashMap<>();
    private final Map<TransactionId, String> laneOf = new HashMap<>();

    /** Returns the lane of an action of this transaction. */
    static String lane(TransactionState transaction, long step) {
        StepState state = transaction.step(step);
        return state == null
                ? "transaction " + transaction.name()
                : lane(state.intent().resource(), state.intent().name());
    }

    /** Returns the lane of a step. */
    static String lane(@Nullable String resource, String step) {
        return resource != null ? "resource " + resource : "step " + step;
    }

    /** Puts a transaction's action in its lane. */
    void put(Action action, String lane) {
        if (!lane.equals(laneOf.get(action.transaction()))) {
            remove(action.transaction());
            laneOf.put(action.transaction(), lane);
        }
        lanes.computeIfAbsent(lane, name -> new LinkedHashMap<>()).put(action.transaction(), action);
    }

    /** Returns a transaction's action, or null. */
    @Nullable
    Action get(TransactionId id) {
        String lane = laneOf.get(id);
        return lane == null ? null : actions(lane).get(id);
    }

    /** Removes a transaction's action, if it has one. */
    void remove(TransactionId id) {
        String lane = laneOf.remove(id);
        if (lane != null) {
            Map<TransactionId, Action> actions = actions(lane);
            actions.remove(id);
            if (actions.isEmpty()) {
                lanes.remove(lane);
            }
        }
    }

    boolean isEmpty() {
        return laneOf.isEmpty();
    }

    /** Returns at most so many of each lane, those that became pending first. */
    List<Action> first(int perLane) {
        List<Action> first = new ArrayList<>();
        for (Map<TransactionId, Action> lane : lanes.values()) {
            lane.values().stream().limit(perLane).forEach(first::add);
        }
        return first;
    }

    private Map<TransactionId, Action> actions(String lane) {
        return lanes.getOrDefault(lane, Map.of());
    }
}
