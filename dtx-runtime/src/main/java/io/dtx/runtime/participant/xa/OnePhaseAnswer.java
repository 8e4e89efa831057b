package io.dtx.runtime.participant.xa;

import java.sql.SQLException;
import javax.transaction.xa.XAException;

/** What a failed commit of a single branch says about it. */
final class OnePhaseAnswer {

    private OnePhaseAnswer() {}

    /** Returns whether the branch has certainly been rolled back. */
    static boolean isRolledBack(XAException answer) {
        boolean said = (answer.errorCode >= XAException.XA_RBBASE && answer.errorCode <= XAException.XA_RBEND)
                || answer.errorCode == XAException.XAER_RMERR // by the specification
                || answer.errorCode == XAException.XA_HEURRB;
        return said || refused(answer);
    }

    /** Returns an answer that Narayana takes for a branch that was rolled back. */
    static XAException rolledBack(XAException answer) {
        if (answer.errorCode != XAException.XAER_RMFAIL && answer.errorCode != XAException.XA_HEURRB) {
            return answer;
        }
        XAException rolledBack = new XAException(String.valueOf(answer.getMessage()));
        rolledBack.errorCode = XAException.XA_RBROLLBACK;
        rolledBack.initCause(answer);
        return rolledBack;
    }

    /** PostgreSQL's driver says XAER_RMFAIL, whatever the server answered: a violated constraint, a failed transaction. */
    private static boolean refused(Throwable answer) {
        for (Throwable each = answer.getCause(); each != null; each = each.getCause()) {
            if (each instanceof SQLException failure && failure.getSQLState() != null) {
                String state = failure.getSQLState();
                return state.startsWith("23")
                        || state.startsWith("25P02")
                        || (state.startsWith("40") && !state.equals("40003"));
            }
        }
        return false;
    }
}
