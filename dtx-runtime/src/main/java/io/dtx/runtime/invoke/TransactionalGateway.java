package io.dtx.runtime.invoke;

import io.dtx.DtxException;
import io.dtx.StepContext;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.Text;
import io.dtx.spi.Contexts;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one entrance: decides what an annotated call means where it is made, and has it run. Thread-safe. */
public final class TransactionalGateway implements StepGateway {

    /** The standalone step that a thread is in: it holds a connection, too, and no other one may be taken. */
    private static final ThreadLocal<@Nullable String> STANDALONE = new ThreadLocal<>();

    private final Orchestration orchestration;
    private final AtomicOrchestration atomic;
    private final LocalSteps localSteps;
    private final ExternalSteps externalSteps;

    /** Enters these. */
    public TransactionalGateway(Orchestration orchestration, AtomicOrchestration atomic) {
        this.orchestration = orchestration;
        this.atomic = atomic;
        this.localSteps = new LocalSteps(orchestration);
        this.externalSteps = new ExternalSteps(orchestration);
    }

    @Override
    @SuppressWarnings("unchecked") // E is whatever the body throws: the override declares what its method declares
    public <T extends @Nullable Object, E extends Throwable> T transaction(
            TransactionDescriptor transaction, Body<T> body) throws E {
        try {
            return enter(transaction, body);
        } catch (Throwable failure) {
            throw (E) failure;
        }
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <T extends @Nullable Object, E extends Throwable> T step(
            StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws E {
        try {
            return enter(step, arguments, body);
        } catch (Throwable failure) {
            throw (E) failure;
        }
    }

    private <T extends @Nullable Object> T enter(TransactionDescriptor transaction, Body<T> body) throws Throwable {
        if (transaction.sensitive()) {
            SensitiveCalls.count();
        }
        TransactionScope outer = (TransactionScope) Contexts.transaction();
        switch (transaction.propagation()) {
            case REQUIRED:
                return outer == null ? begin(transaction, body) : join(outer, transaction, body);
            case REQUIRES_NEW:
                return begin(transaction, body);
            case MANDATORY:
                if (outer == null) {
                    throw new DtxException(
                            null,
                            "DTX-2015 " + transaction.name()
                                    + " is MANDATORY: call it from a @DistributedTransaction method.",
                            null);
                }
                return join(outer, transaction, body);
            case SUPPORTS:
                return outer == null ? body.run() : join(outer, transaction, body);
            case NOT_SUPPORTED:
                return suspended(body);
            case NEVER:
                if (outer != null) {
                    throw new DtxException(
                            outer.id(),
                            "DTX-2016 " + transaction.name() + " is NEVER, and was called in transaction " + outer.id()
                                    + " (" + outer.name() + "): call it outside, or make it NOT_SUPPORTED.",
                            null);
                }
                return body.run();
        }
        throw new IllegalStateException("DTX-9003 propagation " + transaction.propagation());
    }

    private <T extends @Nullable Object> T begin(TransactionDescriptor transaction, Body<T> body) throws Throwable {
        String step = outerStep();
        if (step != null) {
            throw new DtxException(
                    outerTransaction(),
                    "DTX-2014 " + transaction.name() + " would begin a transaction inside step " + step
                            + ": call it from the orchestrating method instead.",
                    null);
        }
        if (transaction.mode() == TransactionMode.ATOMIC) {
            return atomic.run(transaction, body);
        }
        return isAtomic(Contexts.transaction())
                ? atomic.outside(() -> orchestration.run(transaction, body))
                : orchestration.run(transaction, body);
    }

    static boolean isAtomic(@Nullable TransactionContext context) {
        return context != null && context.mode() == TransactionMode.ATOMIC;
    }

    private static <T extends @Nullable Object> T join(
            TransactionScope outer, TransactionDescriptor inner, Body<T> body) throws Throwable {
        if (inner.mode() != outer.mode()) {
            throw new DtxException(
                    outer.id(),
                    "DTX-2017 " + inner.name() + " is " + inner.mode() + " and cannot join " + outer.name()
                            + ", which is " + outer.mode()
                            + ": give both the same mode, or make the inner one REQUIRES_NEW.",
                    null);
        }
        outer.refuseIfOver(inner.name());
        try {
            return body.run();
        } catch (Throwable failure) {
            if (inner.rollsBackOn(failure)) {
                outer.setRollbackOnly(inner.name() + " threw " + outer.reason(failure));
            }
            throw failure;
        }
    }

    private <T extends @Nullable Object> T suspended(Body<T> body) throws Throwable {
        var transaction = Contexts.transaction();
        Contexts.transaction(null);
        try {
            return isAtomic(transaction) ? atomic.outside(body) : body.run();
        } finally {
            Contexts.transaction(transaction);
        }
    }

    private <T extends @Nullable Object> T enter(StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body)
            throws Throwable {
        if (step.isSensitive()) {
            SensitiveCalls.count();
        }
        TransactionScope scope = (TransactionScope) Contexts.transaction();
        String outer = outerStep();
        if (outer != null) {
            throw new DtxException(
                    outerTransaction(),
                    "DTX-2013 step " + step.name() + " was called inside step " + outer
                            + ": call both from the orchestrating method, or share a plain method between them.",
                    null);
        }
        if (scope == null) {
            return standalone(step, body);
        }
        if (isAtomic(scope)) {
            throw new DtxException(
                    scope.id(),
                    "DTX-3544 step " + step.name() + " was called in " + scope.name()
                            + ", which is ATOMIC: nothing would compensate it. Call it from a saga, or let a plain method"
                            + " do its work at an XA resource.",
                    null);
        }
        return scope.isShared()
                ? scope.inTurn(step, () -> run(scope, step, arguments, body))
                : run(scope, step, arguments, body);
    }

    private <T extends @Nullable Object> T run(
            TransactionScope scope, StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws Throwable {
        refuseIfRollbackOnly(scope, step);
        return step.isExternal()
                ? externalSteps.run(scope, step, arguments, body)
                : localSteps.run(scope, step, arguments, body);
    }

    private <T extends @Nullable Object> T standalone(StepDescriptor<T> step, Body<T> body) throws Throwable {
        if (!step.isStandalone()) {
            throw new DtxException(
                    null,
                    "DTX-2011 " + step.name() + " was called outside a transaction on thread "
                            + Text.line(Thread.currentThread().getName())
                            + ": call it from a @DistributedTransaction method, on the same thread, or hand the task over"
                            + " with Dtx.propagating(executor).",
                    null);
        }
        STANDALONE.set(step.name());
        try {
            return step.isExternal() ? body.run() : plain(step, body);
        } finally {
            STANDALONE.remove();
        }
    }

    private <T extends @Nullable Object> T plain(StepDescriptor<T> step, Body<T> body) throws Throwable {
        GuardedResource resource = orchestration.resource(step);
        List<T> result = new ArrayList<>(1);
        resource.plain(
                Duration.ofMillis(orchestration.timeoutMillis(step.timeoutMillis())), () -> result.add(body.run()));
        return result.get(0);
    }

    /** Returns the name of the step that the thread is in already, be it standalone, or null. */
    static @Nullable String outerStep() {
        StepContext step = Contexts.step();
        return step == null ? STANDALONE.get() : step.stepName();
    }

    private static @Nullable TransactionId outerTransaction() {
        StepContext step = Contexts.step();
        return step == null ? null : step.transactionId();
    }

    private static void refuseIfRollbackOnly(TransactionScope scope, StepDescriptor<?> step) {
        if (scope.isRollbackOnly()) {
            throw new TransactionAbortedException(
                    scope.id(),
                    "DTX-2020 " + scope.id() + " (" + scope.name() + ") can only roll back, so " + step.name()
                            + " was not started: " + scope.rollbackReason(),
                    null);
        }
    }
}
