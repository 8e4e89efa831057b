package io.dtx.runtime.invoke;

import io.dtx.CompensationIncompleteException;
import io.dtx.CoordinatorUnavailableException;
import io.dtx.DtxException;
import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionStatus;
import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.coordinator.ActionDriver;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.CoordinatorStoppedException;
import io.dtx.runtime.coordinator.OwnSession;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.Reply;
import io.dtx.spi.Contexts;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway.Body;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Begins, decides and ends transactions for their owner: this thread. Thread-safe. */
public final class Orchestration {

    private static final System.Logger LOG = System.getLogger(Orchestration.class.getName());

    private final Coordinator coordinator;
    private final Map<String, GuardedResource> resources;
    private final Timeouts timeouts;
    private final Undone undone;

    /** Speaks to this coordinator, and runs steps at these resources. */
    public Orchestration(
            Coordinator coordinator,
            ActionDriver driver,
            Map<String, GuardedResource> resources,
            Timeouts timeouts,
            long compensationWaitMillis) {
        this.coordinator = coordinator;
        this.resources = resources;
        this.timeouts = timeouts;
        this.undone = new Undone(coordinator, driver, compensationWaitMillis);
    }

    Coordinator coordinator() {
        return coordinator;
    }

    long timeoutMillis(long declared) {
        return declared > 0 ? declared : timeouts.defaultMillis();
    }

    GuardedResource resource(StepDescriptor<?> step) {
        GuardedResource resource = resources.get(step.resource());
        if (resource == null) {
            throw new DtxException(
                    null,
                    "DTX-2018 " + step.name() + " needs resource \"" + step.resource()
                            + "\", which is not registered: add .resource(\"" + step.resource() + "\", dataSource).",
                    null);
        }
        return resource;
    }

    <T extends @Nullable Object> T run(TransactionDescriptor descriptor, Body<T> body) throws Throwable {
        OwnSession session = coordinator.usableSession();
        TransactionScope scope =
                new TransactionScope(session.next(), descriptor, timeouts.millis(descriptor), timeouts.clock());
        try {
            T result;
            try {
                result = inside(scope, body);
            } catch (Throwable failure) {
                if (descriptor.rollsBackOn(failure)) {
                    scope.end();
                    abort(scope, scope.reason(failure), failure);
                } else {
                    commitDespite(failure, scope);
                }
                throw failure;
            }
            commit(scope);
            return result;
        } finally {
            session.release(scope.id());
        }
    }

    private static <T extends @Nullable Object> T inside(TransactionScope scope, Body<T> body) throws Throwable {
        var outer = Contexts.transaction();
        Contexts.transaction(scope);
        try {
            return body.run();
        } finally {
            Contexts.transaction(outer);
        }
    }

    /** The decision comes first; what the method threw is not lost when the transaction cannot commit. */
    private void commitDespite(Throwable failure, TransactionScope scope) {
        try {
            commit(scope);
        } catch (DtxException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    private void commit(TransactionScope scope) {
        scope.awaitTasks();
        scope.end();
        if (!scope.isBegun()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-2019 " + scope.id() + " (" + scope.name()
                            + ") committed without any step: if it has steps, they were"
                            + " called on another thread or on an object that is not woven.");
            return;
        }
        if (scope.isRollbackOnly()) {
            TransactionAbortedException aborted = new TransactionAbortedException(
                    scope.id(),
                    "DTX-2022 " + scope.id() + " (" + scope.name() + ") was rolled back: " + scope.rollbackReason(),
                    null);
            abort(scope, Text.line(aborted.toString()), aborted);
            throw aborted;
        }
        Reply reply = decide(scope, Outcome.COMMIT, "");
        if (isCommitted(reply)) {
            return;
        }
        if (reply.is(Reply.Kind.FORGOTTEN, Reply.Kind.GAP)) {
            throw unknown(scope, null);
        }
        DtxException aborted = aborted(scope, reply);
        if (reply.is(Reply.Kind.REJECTED)) {
            abort(scope, Text.line(aborted.toString()), aborted);
        } else {
            awaitUndone(scope, aborted);
        }
        throw aborted;
    }

    private static boolean isCommitted(Reply reply) {
        return reply.is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY)
                && (reply.status() == TransactionStatus.COMMITTED || reply.status() == TransactionStatus.COMPLETING);
    }

    private static DtxException aborted(TransactionScope scope, Reply reply) {
        return scope.isOverdue()
                ? new TransactionTimeoutException(
                        scope.id(),
                        "DTX-2023 " + scope.id() + " (" + scope.name() + ") was rolled back: its time was over.",
                        null)
                : new TransactionAbortedException(
                        scope.id(),
                        "DTX-2024 " + scope.id() + " (" + scope.name() + ") was rolled back; the log answered "
                                + reply.kind() + " " + reply.code(),
                        null);
    }

    private Reply decide(TransactionScope scope, Outcome outcome, String reason) {
        List<LogCommand> commands = scope.decide(outcome, reason);
        try {
            List<Reply> replies = coordinator.submit(commands, true).join(undone.lastWordNanos(scope));
            return replies.get(replies.size() - 1);
        } catch (CoordinatorStoppedException | TimeoutException e) {
            throw unknown(scope, e);
        }
    }

    /** Rolls back because of a failure that then reaches the caller; whatever goes wrong here is suppressed on it. */
    private void abort(TransactionScope scope, String reason, Throwable failure) {
        if (!scope.isBegun()) {
            return;
        }
        try {
            undone.abort(scope, reason, failure);
        } catch (CoordinatorStoppedException | CoordinatorUnavailableException e) {
            failure.addSuppressed(new CompensationIncompleteException(
                    scope.id(),
                    "DTX-2026 " + scope.id() + " (" + scope.name() + ") is undone after the next start: "
                            + e.getMessage(),
                    List.of()));
        }
    }

    private void awaitUndone(TransactionScope scope, DtxException aborted) {
        try {
            undone.await(scope, aborted);
        } catch (CoordinatorUnavailableException e) {
            aborted.addSuppressed(e);
        }
    }

    private static OutcomeUnknownException unknown(TransactionScope scope, @Nullable Throwable cause) {
        return new OutcomeUnknownException(
                scope.id(),
                "DTX-2004 lost the coordinator after asking to commit " + scope.id() + " (" + scope.name()
                        + "); it is, or will be, decided, but not known here. Ask Dtx.transactions().outcome("
                        + scope.id()
                        + ") before retrying.",
                cause);
    }
}
