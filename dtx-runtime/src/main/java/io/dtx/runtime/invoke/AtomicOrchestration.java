package io.dtx.runtime.invoke;

import io.dtx.DtxException;
import io.dtx.HeuristicOutcomeException;
import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.OwnSession;
import io.dtx.runtime.participant.AtomicTransaction;
import io.dtx.runtime.participant.AtomicTransaction.Ending;
import io.dtx.runtime.participant.TwoPhaseCommit;
import io.dtx.spi.Contexts;
import io.dtx.spi.StepGateway.Body;
import io.dtx.spi.TransactionDescriptor;
import org.jspecify.annotations.Nullable;

/** Runs ATOMIC transactions: their work is two-phase commit's, their name and their answers are those of any other. Thread-safe. */
public final class AtomicOrchestration {

    private final Coordinator coordinator;
    private final @Nullable TwoPhaseCommit twoPhaseCommit;
    private final Timeouts timeouts;

    /**
     * Runs them.
     *
     * @param twoPhaseCommit null if no XA resource is registered: then there are none to run
     */
    public AtomicOrchestration(Coordinator coordinator, @Nullable TwoPhaseCommit twoPhaseCommit, Timeouts timeouts) {
        this.coordinator = coordinator;
        this.twoPhaseCommit = twoPhaseCommit;
        this.timeouts = timeouts;
    }

    <T extends @Nullable Object> T run(TransactionDescriptor descriptor, Body<T> body) throws Throwable {
        TwoPhaseCommit manager = twoPhaseCommit;
        if (manager == null) {
            throw new DtxException(
                    null,
                    "DTX-3541 " + descriptor.name() + " is ATOMIC, and no XA resource is registered: add"
                            + " .xaResource(name, xaDataSource) to the builder.",
                    null);
        }
        OwnSession session = coordinator.usableSession();
        TransactionScope scope =
                new TransactionScope(session.next(), descriptor, timeouts.millis(descriptor), timeouts.clock());
        try (TwoPhaseCommit.Suspension ignored = manager.suspend()) {
            AtomicTransaction transaction = manager.begin(scope.id(), timeouts.millis(descriptor));
            T result;
            try {
                result = inside(scope, body);
            } catch (Throwable failure) {
                if (descriptor.rollsBackOn(failure)) {
                    rollback(failure, scope, transaction);
                } else {
                    commitDespite(failure, scope, transaction);
                }
                throw failure;
            }
            commit(scope, transaction);
            return result;
        } finally {
            session.release(scope.id());
        }
    }

    /** Runs what must not take part in the thread's ATOMIC transaction. */
    <T extends @Nullable Object> T outside(Body<T> body) throws Throwable {
        TwoPhaseCommit manager = twoPhaseCommit;
        if (manager == null) {
            return body.run();
        }
        try (TwoPhaseCommit.Suspension ignored = manager.suspend()) {
            return body.run();
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

    /** The failure reaches the caller unchanged; if the transaction was not rolled back, that is told with it. */
    private static void rollback(Throwable failure, TransactionScope scope, AtomicTransaction transaction) {
        Ending ending = transaction.rollback();
        if (ending.kind() != Ending.Kind.ROLLED_BACK) {
            failure.addSuppressed(unexpected(scope, ending));
        }
    }

    /** The decision comes first; what the method threw is not lost when the transaction cannot commit. */
    private static void commitDespite(Throwable failure, TransactionScope scope, AtomicTransaction transaction) {
        try {
            commit(scope, transaction);
        } catch (DtxException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    /** The context stays the transaction's while it completes: what is called before completion belongs to it. */
    private static void commit(TransactionScope scope, AtomicTransaction transaction) {
        if (scope.isRollbackOnly() || scope.isOverdue() || transaction.isRollbackOnly()) {
            throw unexpected(scope, transaction.rollback());
        }
        var outer = Contexts.transaction();
        Contexts.transaction(scope);
        Ending ending;
        try {
            ending = transaction.commit(scope::isRollbackOnly);
        } finally {
            Contexts.transaction(outer);
        }
        if (ending.kind() != Ending.Kind.COMMITTED) {
            throw unexpected(scope, ending);
        }
    }

    /** Returns what to tell somebody who expected something else. */
    private static DtxException unexpected(TransactionScope scope, Ending ending) {
        String transaction = scope.id() + " (" + scope.name() + ")";
        return switch (ending.kind()) {
            case COMMITTED ->
                new DtxException(
                        scope.id(),
                        "DTX-3554 " + transaction
                                + " is committed: something in it has committed it by itself, with the"
                                + " transaction manager or a UserTransaction. Do not repeat it; leave the commit to dtx.",
                        ending.cause());
            case ROLLED_BACK -> aborted(scope, ending.cause());
            case MIXED ->
                new HeuristicOutcomeException(
                        scope.id(),
                        "DTX-3548 a resource of " + transaction + " has ended its part by its own decision,"
                                + " against the transaction's. Dtx.transactions().show(" + scope.id()
                                + ") says which, and what was decided: compare the data, repair it, then resolve.",
                        ending.cause());
            case UNKNOWN ->
                new OutcomeUnknownException(
                        scope.id(),
                        "DTX-3542 nobody here knows whether " + transaction + " has committed: the"
                                + " answer to its commit was lost. Compare the data, or ask Dtx.transactions().outcome("
                                + scope.id() + ") after the next start, before retrying.",
                        ending.cause());
        };
    }

    private static DtxException aborted(TransactionScope scope, @Nullable Throwable cause) {
        if (scope.isRollbackOnly()) {
            return new TransactionAbortedException(
                    scope.id(),
                    "DTX-2022 " + scope.id() + " (" + scope.name() + ") was rolled back: " + scope.rollbackReason(),
                    cause);
        }
        return scope.isOverdue()
                ? new TransactionTimeoutException(
                        scope.id(),
                        "DTX-2023 " + scope.id() + " (" + scope.name() + ") was rolled back: its time was over.",
                        cause)
                : new TransactionAbortedException(
                        scope.id(),
                        "DTX-3543 " + scope.id() + " (" + scope.name() + ") was rolled back: "
                                + (cause == null ? "something in it had decided so." : scope.reason(cause)),
                        cause);
    }
}
