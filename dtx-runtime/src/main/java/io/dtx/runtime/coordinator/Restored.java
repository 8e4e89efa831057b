package io.dtx.runtime.coordinator;

import io.dtx.StepStatus;
import io.dtx.TransactionMode;
import io.dtx.TransactionStatus;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a state from a backup becomes in a new log: every session is over, and whatever was open is parked, for the databases have
 * gone on since, and nobody knows what has become of it there. Nothing runs until an operator says so.
 */
public final class Restored {

    private final StateView backup;
    private final String origin;

    private Restored(StateView backup, String origin) {
        this.backup = backup;
        this.origin = origin;
    }

    /** Returns the state to begin with. */
    public static Snapshot of(Snapshot backup, String from) {
        CoordinatorState state = new CoordinatorState(Limits.DEFAULT);
        StateCodec.restore(backup, state);
        return StateCodec.snapshot(new Restored(state.view(), "restored from a backup of " + from + "; ").view());
    }

    /** Returns how many transactions of a state wait for an operator. */
    public static long parked(Snapshot snapshot) {
        CoordinatorState state = new CoordinatorState(Limits.DEFAULT);
        StateCodec.restore(snapshot, state);
        return state.transactions()
                .filter(each -> each.status() == TransactionStatus.PARKED)
                .count();
    }

    private StateView view() {
        List<SessionState> sessions = backup.sessions().stream()
                .map(each -> each.isOpen() ? each.ended(backup.time()) : each)
                .toList();
        List<TransactionState> transactions =
                backup.transactionsInOrder().stream().map(this::closed).toList();
        return new StateView(backup.index(), backup.time(), sessions, transactions, RetainedTransactions.View.NONE);
    }

    private TransactionState closed(TransactionState tx) {
        if (tx.status()
                .isFinal()) { // its branches, if some are prepared yet, bear the name of the old log: nobody ends them
            return tx.record() == null ? tx : with(tx, tx.status(), tx.decision(), backup.time(), tx.steps());
        }
        TransactionState.Decision made = tx.decision();
        TransactionState.Decision decision = made == null
                ? new TransactionState.Decision(
                        Outcome.ABORT, "restored from a backup", backup.time(), tx.beganWallClock())
                : made.outcome() == Outcome.COMMIT
                        ? new TransactionState.Decision(Outcome.COMMIT, reason(tx), made.time(), made.wallClock())
                        : made;
        return with(tx, TransactionStatus.PARKED, decision, 0, steps(tx));
    }

    /** Says what an operator has to know and do. */
    private String reason(TransactionState tx) {
        TransactionState.Decision made = tx.decision();
        if (made == null || made.outcome() == Outcome.ABORT) {
            return origin
                    + "what has become of it since is not known here: look at the databases, then retry or resolve";
        }
        return tx.mode() == TransactionMode.ATOMIC
                ? origin
                        + "commit by hand what is still prepared of it in its databases, then resolve it as COMMITTED, which"
                        + " closes it in this log and touches no branch"
                : origin
                        + "it was decided to commit, so a retry is refused: do by hand what it has not done yet, then resolve"
                        + " it as COMMITTED";
    }

    private List<StepState> steps(TransactionState tx) {
        String reason = reason(tx);
        List<StepState> steps = new ArrayList<>();
        boolean isHighest = true;
        for (int i = tx.steps().size() - 1; i >= 0; i--) {
            StepState step = tx.steps().get(i);
            boolean over = step.status() == StepStatus.FAILED || step.status() == StepStatus.COMPENSATED;
            if (over) {
                steps.add(0, step);
            } else if (isHighest || step.status() == StepStatus.COMPENSATING || step.status() == StepStatus.PARKED) {
                steps.add(0, with(step, StepStatus.PARKED, reason));
                isHighest = false;
            } else {
                boolean unknown = step.status() == StepStatus.STARTED;
                steps.add(0, with(step, unknown ? StepStatus.IN_DOUBT : step.status(), step.failure()));
            }
        }
        return steps;
    }

    private static StepState with(StepState step, StepStatus status, String failure) {
        return new StepState(
                step.intent(),
                status,
                step.tookEffect(),
                step.result(),
                step.attempt(),
                step.attemptLimit(),
                0,
                0,
                0,
                step.endedAt(),
                step.endedWallClock(),
                failure);
    }

    private static TransactionState with(
            TransactionState tx,
            TransactionStatus status,
            TransactionState.@Nullable Decision decision,
            long endedAt,
            List<StepState> steps) {
        return new TransactionState(
                tx.id(),
                tx.name(),
                tx.mode(),
                tx.recovery(),
                status,
                tx.owner(),
                tx.entries(),
                0,
                tx.deadline(),
                tx.beganAt(),
                tx.beganWallClock(),
                decision,
                tx.resolution(),
                endedAt,
                endedAt == 0 ? 0 : tx.beganWallClock(),
                tx.arguments(),
                null,
                tx.bytes() + failureBytes(steps) - failureBytes(tx.steps()),
                steps);
    }

    private static long failureBytes(List<StepState> steps) {
        return steps.stream().mapToLong(StepState::failureBytes).sum();
    }
}
