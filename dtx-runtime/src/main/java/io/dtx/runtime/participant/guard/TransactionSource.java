package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.guard.Dialect.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where the local transactions of a resource come from. Each is a fresh one. Thread-safe. */
interface TransactionSource {

    /** Reads what must be known before the first transaction, and remembers it. */
    void start(String resource) throws SQLException;

    /** Returns the dialect, known after {@link #start}. */
    Dialect dialect();

    /** Takes note that connections come at another isolation level than at the start: guard rows lock from now on. */
    void levelChanged();

    /** Runs a step, a compensation or a plain call, at the user's isolation level. Never throws. */
    Ended step(Use use, @Nullable SessionTag tag, Work work);

    /** Runs statements of our own, at READ COMMITTED where that can be chosen, with time limits. Never throws. */
    Ended own(Use use, Limits limits, Work work);

    /** Runs statements that may end transactions by themselves. */
    void define(Definition definition) throws SQLException;

    /** Returns a connection for business code outside of steps. */
    Connection outside(@Nullable String user, @Nullable String password) throws SQLException;

    /** What is done in a transaction. */
    interface Work {
        /** Does it, and returns the guard row to commit it with, null to commit without; what it throws rolls back. */
        @Nullable
        GuardRow run(LocalTransaction transaction) throws Throwable;
    }

    /** Statements without a transaction around them. */
    interface Definition {
        /** Executes them. */
        void run(Connection connection) throws SQLException;
    }
}
