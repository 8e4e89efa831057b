package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session can do for others: the steps that its process has, and the databases that it sees behind its resources.
 *
 * @param names as {@link io.dtx.runtime.protocol.SessionState#hosted()} lists them
 */
public record Hosting(Set<String> names) {

    /** Returns how a session says, among what it hosts, that it sees this database behind a resource. */
    public static String database(String resource, String databaseId) {
        return resource + '@' + databaseId;
    }

    static Hosting of(SessionState session) {
        return new Hosting(new HashSet<>(session.hosted()));
    }

    /** Returns those of the actions that it can do. */
    List<Action> among(CoordinatorState state, List<Action> actions) {
        return actions.stream()
                .filter(each -> can(state.transaction(each.transaction()), each.step()))
                .toList();
    }

    private boolean can(@Nullable TransactionState transaction, long number) {
        StepState step = transaction == null ? null : transaction.step(number);
        if (step == null || !names.contains(step.intent().name())) {
            return false;
        }
        String resource = step.intent().resource();
        String databaseId = step.intent().databaseId();
        return resource == null || (databaseId != null && names.contains(database(resource, databaseId)));
    }
}
