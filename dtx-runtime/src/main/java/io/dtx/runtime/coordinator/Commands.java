package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.TransactionTable.Account;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Origin;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.runtime.protocol.TransactionStateMachine;
import io.dtx.runtime.protocol.Transition;
import org.jspecify.annotations.Nullable;

/**
 * How commands change the tables: numbers and fences of sessions, room for transactions, and for the rest the state machine.
 * A repeated command runs like a new one, but changes nothing: it is answered from the state.
 */
final class Commands {

    private final Limits limits;
    private final SessionTable sessions;
    private final TransactionTable transactions;

    Commands(Limits limits, SessionTable sessions, TransactionTable transactions) {
        this.limits = limits;
        this.sessions = sessions;
        this.transactions = transactions;
    }

    /** Applies a command that has no number: it is about a session. */
    Reply unnumbered(LogCommand command, Origin origin) {
        return switch (command.kind()) {
            case OPEN_SESSION -> sessions.open((LogCommand.OpenSession) command, origin);
            case EXPIRE_SESSION -> end(((LogCommand.ExpireSession) command).session(), origin);
            default -> Reply.rejected("no-number", null);
        };
    }

    /** Applies the command with this number of a session. */
    Reply numbered(LogCommand command, long number, long lowWaterMark, Origin origin) {
        SessionState sender = sessions.get(origin.session());
        if (sender == null) {
            return Reply.forgotten();
        }
        boolean repeated = number <= sender.lastNumber();
        if (!repeated) {
            if (!sender.isOpen()) {
                return Reply.fenced();
            }
            if (number > sender.lastNumber() + 1) {
                return Reply.gap(sender.lastNumber() + 1);
            }
            sessions.replace(sender.withLastNumber(number).withLowWaterMark(lowWaterMark));
        }
        if (command instanceof LogCommand.OnTransaction) {
            return applyOnTransaction((LogCommand.OnTransaction) command, repeated, origin);
        }
        if (command.kind() != LogCommand.Kind.CLOSE_SESSION) {
            return Reply.rejected("numbered", null);
        }
        return repeated && sender.isOpen() ? notApplied(null) : end(origin.session(), origin);
    }

    private Reply applyOnTransaction(LogCommand.OnTransaction command, boolean repeated, Origin origin) {
        TransactionState tx = transactions.get(command.transaction());
        Transition transition;
        if (tx == null) {
            Reply objection = objectionToBegin(command, repeated, origin);
            if (objection != null) {
                return objection;
            }
            transition = begin(command, origin);
        } else {
            transition = TransactionStateMachine.apply(tx, command, origin);
            if (transition.reply().kind() != Reply.Kind.ACCEPTED) {
                return transition.reply();
            }
            if (repeated) { // what an applied command had done would be there: so it was refused, or has been overtaken
                return notApplied(tx);
            }
            if (transition.state().bytes() > limits.transactionBytesMax()
                    && command.kind() == LogCommand.Kind.START_STEP) {
                return Reply.rejected("transaction-full", tx.status());
            }
        }
        if (tx == null) {
            sessions.named(transition.state());
        } else if (transition.state().steps().size() > tx.steps().size()) {
            sessions.namedByStep(tx, origin.session());
        }
        transactions.put(transition.state(), origin.time());
        return transition.reply();
    }

    private static boolean begins(LogCommand.Kind kind) {
        return kind == LogCommand.Kind.BEGIN
                || kind == LogCommand.Kind.RECORD_DECISION
                || kind == LogCommand.Kind.RECORD_HEURISTIC;
    }

    private static Transition begin(LogCommand.OnTransaction command, Origin origin) {
        return switch (command.kind()) {
            case BEGIN -> TransactionStateMachine.begin((LogCommand.Begin) command, origin);
            case RECORD_DECISION -> TransactionStateMachine.begin((LogCommand.RecordDecision) command, origin);
            case RECORD_HEURISTIC -> TransactionStateMachine.begin((LogCommand.RecordHeuristic) command, origin);
            default -> throw new IllegalArgumentException(command + " begins no transaction");
        };
    }

    /** Says why a command about an absent transaction does not put it into the state, or null. */
    private @Nullable Reply objectionToBegin(LogCommand.OnTransaction command, boolean repeated, Origin origin) {
        TransactionId id = command.transaction();
        SessionState owner = sessions.get(id.session());
        if (owner == null || owner.hasPassed(id.number())) {
            return Reply.forgotten();
        }
        if (repeated) {
            return notApplied(null);
        }
        if (!begins(command.kind())) {
            return Reply.rejected("no-transaction", null);
        }
        if (id.session() != origin.session()) {
            return Reply.rejected("not-owner", null);
        }
        if (transactions.bytes(Account.OPEN) >= limits.openBytesMax()) {
            return Reply.rejected("open-full", null);
        }
        return transactions.bytes(Account.PARKED) >= limits.parkedBytesMax()
                ? Reply.rejected("parked-full", null)
                : null;
    }

    private static Reply notApplied(@Nullable TransactionState tx) {
        return Reply.rejected("not-applied", tx == null ? null : tx.status());
    }

    @SuppressWarnings("ReferenceEquality") // the same instance: nothing to put
    private Reply end(long session, Origin origin) {
        SessionState ending = sessions.get(session);
        if (ending == null) {
            return Reply.forgotten();
        }
        if (!ending.isOpen()) {
            return Reply.session(Reply.Kind.ALREADY, session);
        }
        sessions.end(ending, origin.time());
        for (TransactionState tx : transactions.unfinished()) {
            TransactionState next = TransactionStateMachine.sessionEnded(tx, session, origin);
            if (next != tx) {
                transactions.put(next, origin.time());
            }
        }
        return Reply.session(Reply.Kind.ACCEPTED, session);
    }
}
