package io.dtx.runtime.coordinator;

import io.dtx.Recovery;
import io.dtx.StepStatus;
import io.dtx.TransactionMode;
import io.dtx.TransactionStatus;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.protocol.LogCommand.Outcome;

/** The bytes of the state's enums in snapshots: written out, never reused. */
final class StateTags {

    private StateTags() {}

    static byte of(TransactionMode value) {
        return switch (value) {
            case SAGA -> 1;
            case ATOMIC -> 2;
        };
    }

    static TransactionMode mode(byte tag) {
        return switch (tag) {
            case 1 -> TransactionMode.SAGA;
            case 2 -> TransactionMode.ATOMIC;
            default -> throw unknown(tag);
        };
    }

    static byte of(Recovery value) {
        return switch (value) {
            case BACKWARD -> 1;
            case FORWARD -> 2;
        };
    }

    static Recovery recovery(byte tag) {
        return switch (tag) {
            case 1 -> Recovery.BACKWARD;
            case 2 -> Recovery.FORWARD;
            default -> throw unknown(tag);
        };
    }

    static byte of(TransactionStatus value) {
        return switch (value) {
            case ACTIVE -> 1;
            case COMPLETING -> 2;
            case COMMITTED -> 3;
            case COMPENSATING -> 4;
            case COMPENSATED -> 5;
            case PARKED -> 6;
            case RESOLVED -> 7;
            case HEURISTIC_MIXED -> 8;
        };
    }

    static TransactionStatus transactionStatus(byte tag) {
        return switch (tag) {
            case 1 -> TransactionStatus.ACTIVE;
            case 2 -> TransactionStatus.COMPLETING;
            case 3 -> TransactionStatus.COMMITTED;
            case 4 -> TransactionStatus.COMPENSATING;
            case 5 -> TransactionStatus.COMPENSATED;
            case 6 -> TransactionStatus.PARKED;
            case 7 -> TransactionStatus.RESOLVED;
            case 8 -> TransactionStatus.HEURISTIC_MIXED;
            default -> throw unknown(tag);
        };
    }

    static byte of(StepStatus value) {
        return switch (value) {
            case STARTED -> 1;
            case FINISHED -> 2;
            case FAILED -> 3;
            case IN_DOUBT -> 4;
            case COMPENSATING -> 5;
            case COMPENSATED -> 6;
            case PARKED -> 7;
        };
    }

    static StepStatus stepStatus(byte tag) {
        return switch (tag) {
            case 1 -> StepStatus.STARTED;
            case 2 -> StepStatus.FINISHED;
            case 3 -> StepStatus.FAILED;
            case 4 -> StepStatus.IN_DOUBT;
            case 5 -> StepStatus.COMPENSATING;
            case 6 -> StepStatus.COMPENSATED;
            case 7 -> StepStatus.PARKED;
            default -> throw unknown(tag);
        };
    }

    static byte of(Outcome value) {
        return switch (value) {
            case COMMIT -> 1;
            case ABORT -> 2;
        };
    }

    static Outcome outcome(byte tag) {
        return switch (tag) {
            case 1 -> Outcome.COMMIT;
            case 2 -> Outcome.ABORT;
            default -> throw unknown(tag);
        };
    }

    private static LogDamagedException unknown(byte tag) {
        return new LogDamagedException(
                "DTX-7021 a snapshot holds the unknown tag " + tag
                        + ": it was written by a later version; start that one",
                null);
    }
}
