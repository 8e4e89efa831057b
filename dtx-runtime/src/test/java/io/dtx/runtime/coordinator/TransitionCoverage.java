package io.dtx.runtime.coordinator;

import io.dtx.StepStatus;
import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which commands met a transaction, and a step, in which status. */
final class TransitionCoverage {

    private final Set<String> transactions = new TreeSet<>();
    private final Set<String> steps = new TreeSet<>();
    private final Set<Integer> known = new HashSet<>();

    /** Notes what the first command of each batch is going to meet, if no time passes with the entry. */
    void observe(CoordinatorState state, long time, List<SessionBatch> batches) {
        for (SessionBatch batch : batches) {
            LogCommand command = batch.commands().get(0);
            if (command instanceof LogCommand.OnTransaction && state.nextDue() > time) {
                observe(state.transaction(((LogCommand.OnTransaction) command).transaction()), command);
            }
        }
    }

    /** Notes what a command meets. */
    void observe(@Nullable TransactionState tx, LogCommand command) {
        Long number = StepPairs.stepOf(command);
        StepState step = tx == null || number == null ? null : tx.step(number);
        int key = (tx == null ? 0 : 1 + tx.status().ordinal()) * 1_000
                + (step == null ? 0 : 1 + step.status().ordinal()) * 50
                + command.kind().ordinal();
        if (!known.add(key)) {
            return;
        }
        transactions.add((tx == null ? "ABSENT" : tx.status().name()) + " " + command.kind());
        if (number != null && tx != null) {
            steps.add((step == null ? "ABSENT" : step.status().name()) + " " + command.kind());
        }
    }

    /** Returns the pairs, of all there are, that were not met. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        for (LogCommand.Kind kind : LogCommand.Kind.values()) {
            if (kind == LogCommand.Kind.OPEN_SESSION
                    || kind == LogCommand.Kind.CLOSE_SESSION
                    || kind == LogCommand.Kind.EXPIRE_SESSION) {
                continue;
            }
            missing.add("ABSENT " + kind);
            for (TransactionStatus status : TransactionStatus.values()) {
                missing.add(status + " " + kind);
            }
        }
        missing.removeAll(transactions);
        for (LogCommand.Kind kind : StepPairs.KINDS) {
            for (String status : stepStatuses()) {
                if (!steps.contains(status + " " + kind)) {
                    missing.add("step " + status + " " + kind);
                }
            }
        }
        return missing;
    }

    private static Set<String> stepStatuses() {
        Set<String> statuses = new TreeSet<>(Set.of("ABSENT"));
        for (StepStatus status : StepStatus.values()) {
            statuses.add(status.name());
        }
        return statuses;
    }

    Set<String> transactions() {
        return transactions;
    }

    Set<String> steps() {
        return steps;
    }
}
