package io.dtx.runtime.invoke;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.DtxException;
import io.dtx.FencedException;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.CoordinatorStoppedException;
import io.dtx.runtime.coordinator.Submission;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A step's intent on its way into the log. */
final class Intent {

    private final TransactionScope scope;
    private final List<LogCommand> commands;
    private final Submission submission;

    private Intent(TransactionScope scope, List<LogCommand> commands, Submission submission) {
        this.scope = scope;
        this.commands = commands;
        this.submission = submission;
    }

    /** Submits an intent, with what rides along. */
    static Intent submit(Coordinator coordinator, TransactionScope scope, List<LogCommand> commands, boolean waits) {
        return new Intent(scope, commands, coordinator.submit(commands, waits));
    }

    /**
     * Returns once the intent is durable, unless the time was over before.
     *
     * @param deadlineNanos by the transaction's clock
     * @throws Exception if the step must not take effect
     */
    void awaitInTime(long deadlineNanos) throws Exception {
        await(deadlineNanos);
        if (scope.clock().nanos() - deadlineNanos >= 0) {
            throw timeout(null);
        }
    }

    /**
     * Returns once the intent is durable; whether there is time left is for the caller to see.
     *
     * @param deadlineNanos by the transaction's clock; nobody waits beyond it
     * @throws Exception if the step must not take effect
     */
    void await(long deadlineNanos) throws Exception {
        List<Reply> answered;
        try {
            answered = submission.await(scope.systemNanos(deadlineNanos));
        } catch (TimeoutException e) {
            throw timeout(e);
        } catch (CoordinatorStoppedException e) {
            scope.setRollbackOnly("the coordinator log has stopped");
            throw new CoordinatorUnavailableException(
                    scope.id(),
                    "DTX-2030 " + scope.id() + " (" + scope.name()
                            + "): the coordinator log has stopped, so the step was"
                            + " rolled back; the transaction is undone after the next start.",
                    e);
        }
        for (int i = 0; i < answered.size(); i++) {
            refuseUnless(answered.get(i), commands.get(i));
        }
    }

    private void refuseUnless(Reply reply, LogCommand command) throws Exception {
        boolean intent = command instanceof LogCommand.StartStep || command instanceof LogCommand.Begin;
        if (!intent || reply.is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY)) { // ALREADY: the first answer was lost
            return;
        }
        String what = scope.id() + " (" + scope.name() + ")";
        if (Submission.TOO_LARGE.equals(reply.code())) {
            scope.setRollbackOnly("what its step records is too large");
            throw new DtxException(
                    scope.id(),
                    "DTX-2028 " + what
                            + ": the arguments of its step, with the result of the one before, take more than the"
                            + " 256 KiB that go to the members at once: pass an id of the large value instead.",
                    null);
        }
        if (command instanceof LogCommand.Begin && reply.is(Reply.Kind.REJECTED)) {
            scope.setRollbackOnly("it was not begun: " + reply.code());
            throw new CoordinatorUnavailableException(
                    scope.id(),
                    "DTX-2031 " + what + " was not begun: " + reply.code() + ". Too much is open; try again later.",
                    null);
        }
        if (reply.is(Reply.Kind.FENCED)) {
            scope.setRollbackOnly("the session was ended");
            throw new FencedException(
                    scope.id(),
                    "DTX-2032 " + what + ": this process's session was ended; the step was rolled back.",
                    null);
        }
        scope.setRollbackOnly("the log had aborted it: " + reply.code());
        if (scope.isOverdue()) {
            throw timeout(null);
        }
        throw new TransactionAbortedException(
                scope.id(), "DTX-2033 " + what + " was aborted before the step: " + reply.code(), null);
    }

    private TransactionTimeoutException timeout(@org.jspecify.annotations.Nullable Throwable cause) {
        return new TransactionTimeoutException(
                scope.id(),
                "DTX-2029 " + scope.id() + " (" + scope.name() + ") ran out of time; the step was rolled back.",
                cause);
    }
}
