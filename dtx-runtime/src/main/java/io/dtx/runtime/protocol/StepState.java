package io.dtx.runtime.protocol;

import io.dtx.StepStatus;
import io.dtx.spi.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * One step of a transaction. Immutable.
 *
 * @param intent what was said when it started; never changes
 * @param status where it stands
 * @param tookEffect whether a finish was recorded, also once it is being compensated
 * @param result where the recorded result is in the log; null if there is none, or none is known
 * @param attempt how many claims of its compensation were made
 * @param attemptLimit the attempt whose failure parks it; an operator's retry raises it
 * @param claimer the session that makes the current attempt; 0: nobody
 * @param claimDeadline the log time at which the claim ends by itself; 0 without a claim
 * @param dueAt the log time before which it cannot be claimed again; 0: no wait
 * @param endedAt the log time at which it finished, failed, or was last compensated; 0 before
 * @param endedWallClock the same for people
 * @param failure why it, or the last attempt at its compensation, failed, at most 500 characters; empty: it did not
 */
public record StepState(
        Intent intent,
        StepStatus status,
        boolean tookEffect,
        @Nullable Payload result,
        int attempt,
        int attemptLimit,
        long claimer,
        long claimDeadline,
        long dueAt,
        long endedAt,
        long endedWallClock,
        String failure) {

    /**
     * The intent of a step.
     *
     * @param number its {@link StepNumber}
     * @param name its name
     * @param resource the guarded resource; null for an EXTERNAL step
     * @param databaseId the database that the executor saw behind the resource; null for an EXTERNAL step
     * @param executor the session that runs it
     * @param pivot whether its finish decides the transaction to commit
     * @param compensable false: nothing to undo
     * @param budgetMillis how long an EXTERNAL call may be running after {@code startedAt}
     * @param schedule how its compensation is tried again
     * @param contract the hash of its signature
     * @param arguments where its arguments are in the log; null if none were recorded
     * @param startedAt the log time of the intent
     * @param startedWallClock the same for people
     */
    public record Intent(
            long number,
            String name,
            @Nullable String resource,
            @Nullable String databaseId,
            long executor,
            boolean pivot,
            boolean compensable,
            long budgetMillis,
            RetrySchedule schedule,
            long contract,
            @Nullable Payload arguments,
            long startedAt,
            long startedWallClock) {}

    private static final int FAILURE_MAX = 500;

    /** Cuts the text of a failure. */
    public StepState {
        failure = bounded(failure);
    }

    /** Returns its {@link StepNumber}. */
    public long number() {
        return intent.number;
    }

    /** Returns whether nothing guards its effect. */
    public boolean isExternal() {
        return intent.resource == null;
    }

    /** Returns whether it is not known whether it took effect. */
    public boolean isOpen() {
        return status == StepStatus.STARTED || status == StepStatus.IN_DOUBT;
    }

    /** Returns how many bytes the text of its failure takes. */
    public long failureBytes() {
        long bytes = 0;
        for (int i = 0; i < failure.length(); i++) {
            char unit = failure.charAt(i);
            bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    static StepState started(LogCommand.StartStep command, Origin origin) {
        Intent intent = new Intent(
                command.step(),
                command.name(),
                command.resource(),
                command.databaseId(),
                origin.session(),
                command.pivot(),
                command.compensable(),
                command.budgetMillis(),
                command.schedule(),
                command.contract(),
                command.arguments() == null ? null : origin.payload(),
                origin.time(),
                origin.wallClock());
        int limit = command.schedule().maxAttempts();
        return new StepState(intent, StepStatus.STARTED, false, null, 0, limit, 0, 0, 0, 0, 0, "");
    }

    StepState finished(@Nullable Payload recordedResult, Origin origin) {
        return new StepState(
                intent,
                StepStatus.FINISHED,
                true,
                recordedResult,
                0,
                attemptLimit,
                0,
                0,
                0,
                origin.time(),
                origin.wallClock(),
                "");
    }

    StepState ended(StepStatus by, String reason, Origin origin) {
        return new StepState(
                intent,
                by,
                tookEffect,
                result,
                attempt,
                attemptLimit,
                0,
                0,
                0,
                origin.time(),
                origin.wallClock(),
                reason);
    }

    StepState inDoubt(String reason) {
        return new StepState(
                intent,
                StepStatus.IN_DOUBT,
                tookEffect,
                result,
                attempt,
                attemptLimit,
                0,
                0,
                0,
                endedAt,
                endedWallClock,
                reason);
    }

    StepState claimed(long session, long until) {
        return new StepState(
                intent,
                StepStatus.COMPENSATING,
                tookEffect,
                result,
                attempt + 1,
                attemptLimit,
                session,
                until,
                0,
                endedAt,
                endedWallClock,
                failure);
    }

    StepState free(long due, String reason) {
        return new StepState(
                intent,
                StepStatus.COMPENSATING,
                tookEffect,
                result,
                attempt,
                attemptLimit,
                0,
                0,
                due,
                endedAt,
                endedWallClock,
                reason);
    }

    StepState parked(String reason) {
        return new StepState(
                intent,
                StepStatus.PARKED,
                tookEffect,
                result,
                attempt,
                attemptLimit,
                0,
                0,
                0,
                endedAt,
                endedWallClock,
                reason);
    }

    StepState withAttemptLimit(int limit) {
        return new StepState(
                intent,
                status,
                tookEffect,
                result,
                attempt,
                limit,
                claimer,
                claimDeadline,
                dueAt,
                endedAt,
                endedWallClock,
                failure);
    }

    static String bounded(String reason) {
        return reason.length() <= FAILURE_MAX ? reason : reason.substring(0, FAILURE_MAX);
    }
}
