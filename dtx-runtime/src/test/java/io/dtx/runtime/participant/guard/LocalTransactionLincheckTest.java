package io.dtx.runtime.participant.guard;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A step whose time runs out while it is about to send a statement that hangs: it is refused, or the statement is cancelled, be it
 * the next time that somebody looks. A driver cancels only what has been sent.
 */
public class LocalTransactionLincheckTest {

    private final LocalTransaction transaction;
    private final Statement statement;
    private volatile boolean sent;
    private volatile boolean cancelled;

    /** It is open. */
    public LocalTransactionLincheckTest() throws SQLException {
        Connection connection = fake(Connection.class);
        transaction = new LocalTransaction(connection, H2Dialect.of(connection), Use.own("stock", "test"), false);
        statement = fake(Statement.class);
    }

    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    cancelled |= method.getName().equals("cancel") && sent;
                    return method.getName().equals("equals") ? (Object) (self == arguments[0]) : null;
                }));
    }

    /** As business code does; it does not come back. */
    @Operation(nonParallelGroup = "step")
    public boolean send() {
        try {
            transaction.requireUsable();
        } catch (SQLException e) {
            return false;
        }
        transaction.running(statement);
        sent = true;
        return true;
    }

    @Operation(nonParallelGroup = "watch")
    public void expire() {
        transaction.expire();
    }

    /** Throws if a statement goes on although somebody has looked again. */
    @Validate
    public void whatWasSentIsCancelled() {
        transaction.expire();
        if (sent && !cancelled) {
            throw new IllegalStateException("the statement goes on");
        }
    }

    @Test
    void what_was_sent_is_cancelled_in_every_interleaving() {
        check(LocalTransactionLincheckTest.class);
    }

    @Test
    void a_time_that_runs_out_once_is_found() {
        assertThrows(AssertionError.class, () -> check(Planted.class));
    }

    /** From the beginning, and not far: whatever comes later has run out of time. */
    private static void check(Class<?> type) {
        Interleavings.checksAtTheEnd()
                .actorsBefore(0)
                .actorsPerThread(2)
                .invocationsPerIteration(50)
                .check(type);
    }

    /** Planted: whoever looks does something about it the first time only. */
    public static class Planted {

        private volatile boolean doomed;
        private volatile boolean sent;
        private volatile boolean cancelled;

        @Operation(nonParallelGroup = "step")
        public void send() {
            if (!doomed) {
                sent = true;
            }
        }

        @Operation(nonParallelGroup = "watch")
        public void expire() {
            if (!doomed) {
                doomed = true;
                cancelled = sent;
            }
        }

        /** Throws if a statement goes on although somebody has looked again. */
        @Validate
        public void whatWasSentIsCancelled() {
            expire();
            if (sent && !cancelled) {
                throw new IllegalStateException("the statement goes on");
            }
        }
    }
}
