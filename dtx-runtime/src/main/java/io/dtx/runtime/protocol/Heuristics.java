package io.dtx.runtime.protocol;

import static io.dtx.TransactionStatus.COMPLETING;
import static io.dtx.TransactionStatus.HEURISTIC_MIXED;
import static io.dtx.runtime.protocol.Transition.accepted;
import static io.dtx.runtime.protocol.Transition.already;
import static io.dtx.runtime.protocol.Transition.rejected;

import io.dtx.Recovery;
import io.dtx.StepStatus;
import io.dtx.TransactionMode;
import io.dtx.runtime.protocol.LogCommand.Heuristic;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogCommand.RecordHeuristic;
import io.dtx.spi.RetrySchedule;
import java.util.List;

/**
 * What resource managers have decided by themselves: kept as a step of the transaction for each branch, never overwritten, and
 * not forgotten before an operator has resolved it.
 */
final class Heuristics {

    private static final long BYTES = 256;
    private static final String STEP = "branch";

    private Heuristics() {}

    /** Puts a transaction into the state that was rolled back: of others the decision is there. */
    static Transition begin(RecordHeuristic command, Origin origin) {
        TransactionState rolledBack = new TransactionState(
                command.transaction(),
                "",
                TransactionMode.ATOMIC,
                Recovery.FORWARD,
                HEURISTIC_MIXED,
                origin.session(),
                0,
                0,
                Long.MAX_VALUE,
                origin.time(),
                origin.wallClock(),
                TransactionState.Decision.of(Outcome.ABORT, "", origin),
                null,
                0,
                0,
                null,
                null,
                BYTES,
                List.of());
        return accepted(rolledBack.withStep(branch(rolledBack, command, origin), BYTES));
    }

    static Transition record(TransactionState tx, RecordHeuristic command, Origin origin) {
        if (tx.mode() != TransactionMode.ATOMIC) {
            return rejected(tx, "not-atomic");
        }
        for (StepState each : tx.steps()) {
            if (command.resource().equals(each.intent().resource())) {
                return already(tx);
            }
        }
        boolean open = tx.status() == COMPLETING || (tx.status() == HEURISTIC_MIXED && tx.resolution() == null);
        return open
                ? accepted(tx.withStep(branch(tx, command, origin), BYTES).withStatus(HEURISTIC_MIXED))
                : rejected(tx, "ended");
    }

    /** A decision to commit what has no record of one: it is forgotten already, or it comes after a roll-back. */
    static Transition decideAgain(TransactionState tx) {
        TransactionState.Decision decision = tx.decision();
        return decision != null && decision.outcome() == Outcome.COMMIT ? already(tx) : rejected(tx, "rolled-back");
    }

    static Transition resolve(TransactionState tx, LogCommand.Resolve command, Origin origin) {
        if (tx.status() != HEURISTIC_MIXED || tx.resolution() != null) {
            return Compensations.resolve(tx, command, origin);
        }
        TransactionState.Decision resolution =
                TransactionState.Decision.of(command.outcome(), command.reason(), origin);
        return accepted(tx.withResolution(resolution).ended(HEURISTIC_MIXED, origin));
    }

    private static StepState branch(TransactionState tx, RecordHeuristic command, Origin origin) {
        StepState.Intent intent = new StepState.Intent(
                StepNumber.of(tx.steps().size() + 1, 1),
                STEP,
                command.resource(),
                null,
                origin.session(),
                false,
                false,
                0,
                RetrySchedule.COMPENSATION,
                0,
                null,
                origin.time(),
                origin.wallClock());
        boolean tookEffect = command.ending() == Heuristic.COMMITTED;
        return new StepState(
                intent,
                status(command.ending()),
                tookEffect,
                null,
                0,
                0,
                0,
                0,
                0,
                origin.time(),
                origin.wallClock(),
                command.reason());
    }

    private static StepStatus status(Heuristic ending) {
        return switch (ending) {
            case COMMITTED -> StepStatus.FINISHED;
            case ROLLED_BACK -> StepStatus.FAILED;
            case MIXED, HAZARD -> StepStatus.IN_DOUBT;
        };
    }
}
