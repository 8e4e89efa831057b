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

    /** Its tag in the log; never reused, pinned by a golden-bytes test. */
    byte tag();

    /** Opens a session, unnumbered; a second one with the same nonce is answered with the first one's id. */
    record OpenSession(long nonce, String node, String application, List<String> hosted) implements LogCommand {
        @Override
        public byte tag() {
            return 1;
        }
    }

    /** Ends the sender's own session. */
    record CloseSession() implements LogCommand {
        @Override
        public byte tag() {
            return 2;
        }
    }

    /** Ends another session, unnumbered: it is fenced, and what it had open is taken over. */
    record ExpireSession(long session) implements LogCommand {
        @Override
        public byte tag() {
            return 3;
        }
    }

    /** Begins a transaction of the sender. */
    record Begin(
            TransactionId transaction, String name, Recovery recovery, long timeoutMillis, byte @Nullable [] arguments)
            implements LogCommand {
        @Override
        public byte tag() {
            return 4;
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
            implements LogCommand {
        @Override
        public byte tag() {
            return 5;
        }
    }

    /** The step took effect. */
    record FinishStep(TransactionId transaction, long step, byte @Nullable [] result) implements LogCommand {
        @Override
        public byte tag() {
            return 6;
        }
    }

    /** The step failed: without effect, or with {@code doubt} about it. */
    record FailStep(TransactionId transaction, long step, boolean doubt, String reason) implements LogCommand {
        @Override
        public byte tag() {
            return 7;
        }
    }

    /** Decides a transaction: the first one counts. {@code stepsSeen} is the number of steps that finished, as the owner saw them. */
    record Decide(TransactionId transaction, Outcome outcome, String reason, int stepsSeen) implements LogCommand {
        @Override
        public byte tag() {
            return 8;
        }
    }

    /** Takes a pending action for one attempt; {@code step} 0 is the re-entry of the orchestrating method. */
    record ClaimAction(TransactionId transaction, long step, int attempt, long timeoutMillis) implements LogCommand {
        @Override
        public byte tag() {
            return 9;
        }
    }

    /** The step is undone, or proven never to have run. */
    record FinishCompensation(TransactionId transaction, long step) implements LogCommand {
        @Override
        public byte tag() {
            return 10;
        }
    }

    /** An attempt failed; the next one is due after the schedule's delay, or the transaction is parked. */
    record FailCompensation(TransactionId transaction, long step, int attempt, String reason) implements LogCommand {
        @Override
        public byte tag() {
            return 11;
        }
    }

    /** The compensation cannot succeed without an operator. */
    record Park(TransactionId transaction, long step, int attempt, String reason) implements LogCommand {
        @Override
        public byte tag() {
            return 12;
        }
    }

    /** An operator lets a parked transaction go on. */
    record Retry(TransactionId transaction) implements LogCommand {
        @Override
        public byte tag() {
            return 13;
        }
    }

    /** An operator closes a parked transaction by hand. */
    record Resolve(TransactionId transaction, Outcome outcome, String reason) implements LogCommand {
        @Override
        public byte tag() {
            return 14;
        }
    }

    /** The decision to commit an ATOMIC transaction, as the transaction manager's own record; a newer version replaces it. */
    record RecordDecision(TransactionId transaction, String uid, int version, byte[] bytes) implements LogCommand {
        @Override
        public byte tag() {
            return 15;
        }
    }

    /** Every branch of an ATOMIC transaction has ended. */
    record ForgetDecision(TransactionId transaction) implements LogCommand {
        @Override
        public byte tag() {
            return 16;
        }
    }

    /** How a transaction is decided, or resolved by an operator. */
    enum Outcome {
        /** Every finished step stays in effect. */
        COMMIT,
        /** Every step is undone. */
        ABORT
    }
}
