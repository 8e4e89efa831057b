package io.dtx.runtime.protocol;

import io.dtx.Recovery;
import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, as applying the log has made it. Immutable; {@link TransactionStateMachine} makes the next one.
 *
 * @param id its name for all time
 * @param name the orchestrating method's name
 * @param mode saga, or two-phase commit (which is in the state only once it is decided to commit)
 * @param recovery what the end of its owner means
 * @param status where it stands
 * @param owner the session that may decide it; 0: nobody, its re-entry is pending
 * @param entries how many claims of its re-entry were made
 * @param reentryAt the log time before which the re-entry cannot be claimed; 0: no wait
 * @param deadline the log time at which it aborts by itself while it is active
 * @param beganAt the log time of its begin
 * @param beganWallClock the same for people
 * @param decision how, why and when it was decided; null: it is not
 * @param resolution how, why and when an operator closed it; null: none did
 * @param endedAt the log time from which on nothing will be done for it; 0 before
 * @param endedWallClock the same for people
 * @param arguments where the orchestrator's arguments are in the log; null if none were recorded
 * @param record the transaction manager's own record of the decision; null for sagas, and once forgotten
 * @param bytes about how much it holds in log and heap
 * @param steps in the order of their numbers
 */
public record TransactionState(
        TransactionId id,
        String name,
        TransactionMode mode,
        Recovery recovery,
        TransactionStatus status,
        long owner,
        int entries,
        long reentryAt,
        long deadline,
        long beganAt,
        long beganWallClock,
        @Nullable Decision decision,
        @Nullable Decision resolution,
        long endedAt,
        long endedWallClock,
        @Nullable Payload arguments,
        @Nullable DecisionRecord record,
        long bytes,
        List<StepState> steps) {

    /** How, why (at most 500 characters) and when something was decided, in log time and for people. */
    public record Decision(Outcome outcome, String reason, long time, long wallClock) {
        static Decision of(Outcome outcome, String reason, Origin origin) {
            return new Decision(outcome, StepState.bounded(reason), origin.time(), origin.wallClock());
        }
    }

    /** The transaction manager's own record of a decision. */
    public record DecisionRecord(String uid, int version, Payload bytes) {}

    /** Takes a copy of the list, unless it is immutable. */
    public TransactionState {
        steps = List.copyOf(steps);
    }

    /** Returns the step with this number, or null. */
    public @Nullable StepState step(long number) {
        int place = place(number);
        return place < 0 ? null : steps.get(place);
    }

    /** Returns how many of its steps have this status. */
    public int count(StepStatus wanted) {
        int count = 0;
        for (StepState step : steps) {
            if (step.status() == wanted) {
                count++;
            }
        }
        return count;
    }

    /** Returns whether its steps may still start. */
    public boolean isLive() {
        return status == TransactionStatus.ACTIVE || status == TransactionStatus.COMPLETING;
    }

    /** Returns whether it may leave the state: nobody will do anything for it, nor has to look at it. */
    public boolean isOver() {
        boolean watched = status == TransactionStatus.HEURISTIC_MIXED && (resolution == null || record != null);
        return status.isFinal() && !watched;
    }

    TransactionState withStatus(TransactionStatus next) {
        return with(next, owner, entries, reentryAt, decision, bytes, steps);
    }

    TransactionState withOwner(long session, int entriesMade, long due) {
        return with(status, session, entriesMade, due, decision, bytes, steps);
    }

    TransactionState decided(TransactionStatus next, Outcome outcome, String reason, Origin origin) {
        return with(next, owner, entries, reentryAt, Decision.of(outcome, reason, origin), bytes, steps);
    }

    /**
     * Puts a step in its place: instead of the one with its number, or between its neighbours.
     *
     * @param moreBytes what it holds more than before, but for the text of its failure
     */
    TransactionState withStep(StepState step, long moreBytes) {
        int place = place(step.number());
        long failureBefore = place < 0 ? 0 : steps.get(place).failureBytes();
        long nextBytes = bytes + moreBytes + step.failureBytes() - failureBefore;
        int insertion = place < 0 ? 1 : 0;
        int at = place < 0 ? ~place : place;
        StepState[] next = new StepState[steps.size() + insertion];
        for (int i = 0; i < next.length; i++) {
            next[i] = i == at ? step : steps.get(i > at ? i - insertion : i);
        }
        return with(status, owner, entries, reentryAt, decision, nextBytes, List.of(next));
    }

    TransactionState withRecord(@Nullable DecisionRecord next, long nextBytes) {
        return new TransactionState(
                id,
                name,
                mode,
                recovery,
                status,
                owner,
                entries,
                reentryAt,
                deadline,
                beganAt,
                beganWallClock,
                decision,
                resolution,
                endedAt,
                endedWallClock,
                arguments,
                next,
                nextBytes,
                steps);
    }

    TransactionState withResolution(Decision next) {
        return new TransactionState(
                id,
                name,
                mode,
                recovery,
                status,
                owner,
                entries,
                reentryAt,
                deadline,
                beganAt,
                beganWallClock,
                decision,
                next,
                endedAt,
                endedWallClock,
                arguments,
                record,
                bytes,
                steps);
    }

    TransactionState ended(TransactionStatus next, Origin origin) {
        return new TransactionState(
                id,
                name,
                mode,
                recovery,
                next,
                owner,
                entries,
                reentryAt,
                deadline,
                beganAt,
                beganWallClock,
                decision,
                resolution,
                origin.time(),
                origin.wallClock(),
                arguments,
                record,
                bytes,
                steps);
    }

    private TransactionState with(
            TransactionStatus nextStatus,
            long nextOwner,
            int nextEntries,
            long nextReentryAt,
            @Nullable Decision nextDecision,
            long nextBytes,
            List<StepState> nextSteps) {
        return new TransactionState(
                id,
                name,
                mode,
                recovery,
                nextStatus,
                nextOwner,
                nextEntries,
                nextReentryAt,
                deadline,
                beganAt,
                beganWallClock,
                nextDecision,
                resolution,
                endedAt,
                endedWallClock,
                arguments,
                record,
                nextBytes,
                nextSteps);
    }

    /** Searches from the end, where the steps in question mostly are; below 0: the complement of the place to insert at. */
    private int place(long number) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            long there = steps.get(i).number();
            if (there <= number) {
                return there == number ? i : ~(i + 1);
            }
        }
        return ~0;
    }
}
