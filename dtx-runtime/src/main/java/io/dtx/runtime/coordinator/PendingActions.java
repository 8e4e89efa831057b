package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is due and unclaimed, at most one action per transaction, by lane and by what it needs there. Whoever asks sees the oldest
 * of every lane that it can do, so that neither a lane that does not move nor what nobody can do hides anything else.
 */
final class PendingActions {

    private final Map<String, Map<Need, Map<TransactionId, Pending>>> lanes = new HashMap<>();
    private final Map<TransactionId, Need> needOf = new HashMap<>();
    private long last;

    private record Pending(Action action, long order) {}

    /** Puts a transaction's action in its lane. */
    void put(Action action, Need need) {
        TransactionId id = action.transaction();
        if (!need.equals(needOf.get(id))) {
            remove(id);
            needOf.put(id, need);
        }
        Map<TransactionId, Pending> alike = lanes.computeIfAbsent(need.lane(), lane -> new HashMap<>())
                .computeIfAbsent(need, each -> new LinkedHashMap<>());
        Pending before = alike.get(id);
        alike.put(id, new Pending(action, before == null ? ++last : before.order));
    }

    /** Returns a transaction's action, or null. */
    @Nullable
    Action get(TransactionId id) {
        Need need = needOf.get(id);
        Pending found = need == null ? null : like(need).get(id);
        return found == null ? null : found.action;
    }

    /** Removes a transaction's action, if it has one. */
    void remove(TransactionId id) {
        Need need = needOf.remove(id);
        if (need == null) {
            return;
        }
        Map<TransactionId, Pending> alike = like(need);
        alike.remove(id);
        if (alike.isEmpty()) {
            Map<Need, Map<TransactionId, Pending>> lane = lanes.get(need.lane());
            if (lane != null && lane.remove(need) != null && lane.isEmpty()) {
                lanes.remove(need.lane());
            }
        }
    }

    boolean isEmpty() {
        return needOf.isEmpty();
    }

    /** Returns at most so many of each lane that somebody can do, those that became pending first. */
    List<Action> first(int perLane, Predicate<Need> can) {
        List<Action> first = new ArrayList<>();
        for (Map<Need, Map<TransactionId, Pending>> lane : lanes.values()) {
            List<Pending> oldest = new ArrayList<>();
            lane.forEach((need, alike) -> {
                if (can.test(need)) {
                    alike.values().stream().limit(perLane).forEach(oldest::add);
                }
            });
            oldest.sort(Comparator.comparingLong(Pending::order));
            oldest.stream().limit(perLane).map(Pending::action).forEach(first::add);
        }
        return first;
    }

    /** Returns what is needed now, with the transactions that wait for it: those that became pending first come first. */
    Map<Need, List<TransactionId>> waiting(Predicate<Need> wanted) {
        Map<Need, List<TransactionId>> waiting = new HashMap<>();
        for (Map<Need, Map<TransactionId, Pending>> lane : lanes.values()) {
            lane.forEach((need, alike) -> {
                if (wanted.test(need)) {
                    waiting.put(need, List.copyOf(alike.keySet()));
                }
            });
        }
        return waiting;
    }

    private Map<TransactionId, Pending> like(Need need) {
        return lanes.getOrDefault(need.lane(), Map.of()).getOrDefault(need, Map.of());
    }
}
