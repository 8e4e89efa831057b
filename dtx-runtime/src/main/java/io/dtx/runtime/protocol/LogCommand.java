package io.dtx.runtime.protocol;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.spi.RetrySchedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinator log says: the only causes of change in the coordinator's state. Byte arrays are owned by the command
 * and never changed; the state refers to them by {@link Payload}.
 *
 * <p>Step numbers are those of {@link StepNumber}. Times are milliseconds; points in time are log time.
 */
public sealed interface LogCommand {

    /** Which of the family it is. */
    Kind kind();

    /** Its tag in the log; never reused, pinned by a golden-bytes test. */
    default byte tag() {
        return kind().tag;
    }

    /** A command about one transaction, not always the sender's own. */
    sealed interface OnTransaction {
        /** Which of the family it is. */
        Kind kind();

        /** Which transaction it is about. */
        TransactionId transaction();
    }

    /** Opens a session, unnumbered; a second one with the same nonce is answered with the first one's id. */
    record OpenSession(long nonce, String node, String application, List<String> hosted) implements LogCommand {
        @Override
        public Kind kind() {
            return Kind.OPEN_SESSION;
        }
    }

    /** Ends the sender's own session. */
    record CloseSession() implements LogCommand {
        @Override
        public Kind kind() {
            return Kind.CLOSE_SESSION;
        }
    }

    /** Ends another session, unnumbered: it is fenced, and what it had open is taken over. */
    record ExpireSession(long session) implements LogCommand {
        @Override
        public Kind kind() {
            return Kind.EXPIRE_SESSION;
        }
    }

    /** Begins a transaction of the sender. */
    record Begin(
            TransactionId transaction, String name, Recovery recovery, long timeoutMillis, byte @Nullable [] arguments)
            implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.BEGIN;
        }
    }

    /**
     * The intent of a step.
     *
     * @param resource null for an EXTERNAL step
     * @param databaseId which database the executor saw behind the resource; null for an EXTERNAL step
     * @param budgetMillis how long an EXTERNAL call may still be running after this entry
     * @param compensable false: nothing to undo, it counts as compensated as soon as it would be its turn
     * @param schedule how its compensation is tried again
     * @param contract {@link io.dtx.spi.StepDescriptor#contract()}
     */
    record StartStep(
            TransactionId transaction,
            long step,
            String name,
            @Nullable String resource,
            @Nullable String databaseId,
            boolean pivot,
            boolean compensable,
            long budgetMillis,
            RetrySchedule schedule,
            long contract,
            byte @Nullable [] arguments)
            implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.START_STEP;
        }
    }

    /** The step took effect. */
    record FinishStep(TransactionId transaction, long step, byte @Nullable [] result)
            implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.FINISH_STEP;
        }
    }

    /** The step failed: without effect, or with {@code doubt} about it. */
    record FailStep(TransactionId transaction, long step, boolean doubt, String reason)
            implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.FAIL_STEP;
        }
    }

    /** Decides a transaction: the first one counts. {@code stepsSeen} is the number of steps that finished, as the owner saw them. */
    record Decide(TransactionId transaction, Outcome outcome, String reason, int stepsSeen)
            implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.DECIDE;
        }
    }

    /** Takes a pending action for one attempt; {@code step} 0 is the re-entry of the orchestrating method. */
    record ClaimAction(TransactionId transaction, long step, int attempt, long timeoutMillis)
            implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.CLAIM_ACTION;
        }
    }

    /** The step is undone, or proven never to have run. */
    record FinishCompensation(TransactionId transaction, long step) implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.FINISH_COMPENSATION;
        }
    }

    /** An attempt failed; the next one is due after the schedule's delay, or the transaction is parked. */
    record FailCompensation(TransactionId transaction, long step, int attempt, String reason)
            implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.FAIL_COMPENSATION;
        }
    }

    /** The compensation cannot succeed without an operator. */
    record Park(TransactionId transaction, long step, int attempt, String reason) implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.PARK;
        }
    }

    /** An operator lets a parked transaction go on. */
    record Retry(TransactionId transaction) implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.RETRY;
        }
    }

    /** An operator closes a parked transaction by hand. */
    record Resolve(TransactionId transaction, Outcome outcome, String reason) implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.RESOLVE;
        }
    }

    /** The decision to commit an ATOMIC transaction, as the transaction manager's own record; a newer version replaces it. */
    record RecordDecision(TransactionId transaction, String uid, int version, byte[] bytes)
            implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.RECORD_DECISION;
        }
    }

    /** Every branch of an ATOMIC transaction has ended. */
    record ForgetDecision(TransactionId transaction) implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.FORGET_DECISION;
        }
    }

    /**
     * A resource manager has ended its branch of an ATOMIC transaction by its own decision, against the transaction's. It puts a
     * transaction that was rolled back into the state.
     */
    record RecordHeuristic(TransactionId transaction, String resource, Heuristic ending, String reason)
            implements LogCommand, OnTransaction {
        @Override
        public Kind kind() {
            return Kind.RECORD_HEURISTIC;
        }
    }

    /** What a resource manager has done by its own decision. */
    enum Heuristic {
        /** It has committed the branch. */
        COMMITTED,
        /** It has rolled the branch back. */
        ROLLED_BACK,
        /** It has committed parts of the branch and rolled others back. */
        MIXED,
        /** It does not say which. */
        HAZARD
    }

    /** How a transaction is decided, or resolved by an operator. */
    enum Outcome {
        /** Every finished step stays in effect. */
        COMMIT,
        /** Every step is undone. */
        ABORT
    }

    /** The family, one constant for each record, for exhaustive switches. */
    enum Kind {
        /** {@link OpenSession}. */
        OPEN_SESSION(1),
        /** {@link CloseSession}. */
        CLOSE_SESSION(2),
        /** {@link ExpireSession}. */
        EXPIRE_SESSION(3),
        /** {@link Begin}. */
        BEGIN(4),
        /** {@link StartStep}. */
        START_STEP(5),
        /** {@link FinishStep}. */
        FINISH_STEP(6),
        /** {@link FailStep}. */
        FAIL_STEP(7),
        /** {@link Decide}. */
        DECIDE(8),
        /** {@link ClaimAction}. */
        CLAIM_ACTION(9),
        /** {@link FinishCompensation}. */
        FINISH_COMPENSATION(10),
        /** {@link FailCompensation}. */
        FAIL_COMPENSATION(11),
        /** {@link Park}. */
        PARK(12),
        /** {@link Retry}. */
        RETRY(13),
        /** {@link Resolve}. */
        RESOLVE(14),
        /** {@link RecordDecision}. */
        RECORD_DECISION(15),
        /** {@link ForgetDecision}. */
        FORGET_DECISION(16),
        /** {@link RecordHeuristic}. */
        RECORD_HEURISTIC(17);

        private final byte tag;

        Kind(int tag) {
            this.tag = (byte) tag;
        }
    }
}
