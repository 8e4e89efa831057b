package io.dtx.runtime.participant.guard;

import java.sql.SQLException;

/** The database did not take a guard row: everything in the transaction must be rolled back. */
final class GuardRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Ended.Kind kind;

    GuardRefusedException(Ended.Kind kind, SQLException cause) {
        super(cause);
        this.kind = kind;
    }

    Ended ended() {
        return new Ended(kind, getCause());
    }
}
