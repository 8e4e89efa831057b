package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.runtime.protocol.TransactionStateMachine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees and does. Reads are linearizable: they see everything that was answered to anybody before the call.
 * Finished transactions stay visible for {@code dtx.retention}; parked ones until they are retried or resolved. Thread-safe.
 */
public final class Transactions {

    private static final String RESOLVED = "resolved";
    private static final long CLOSE_SECONDS = 30;

    private final Coordinator coordinator;
    private final Map<String, GuardedResource> resources;
    private final Runnable beforeChange;

    Transactions(Coordinator coordinator, Map<String, GuardedResource> resources) {
        this(coordinator, resources, () -> {});
    }

    /** Of a process that opens a session only when it changes something. */
    Transactions(Coordinator coordinator, Map<String, GuardedResource> resources, Runnable beforeChange) {
        this.coordinator = coordinator;
        this.resources = resources;
        this.beforeChange = beforeChange;
    }

    /** Returns the transactions that the log still knows and the filter accepts, oldest first. */
    public List<TransactionHistory> list(Predicate<TransactionHistory> filter) {
        coordinator.readBarrier();
        List<TransactionState> present = coordinator.transactions();
        return present.stream().map(Transactions::history).filter(filter).toList();
    }

    /** Returns a transaction with all that has happened to it; empty if the log does not know it, or not any more. */
    public Optional<TransactionHistory> show(TransactionId id) {
        coordinator.readBarrier();
        return Optional.ofNullable(coordinator.transaction(id)).map(Transactions::history);
    }

    /**
     * Returns where a transaction stands. Empty is a final unknown, never a failure: the log does not know the transaction any
     * more, or it was never begun.
     */
    public Optional<TransactionStatus> outcome(TransactionId id) {
        return show(id).map(TransactionHistory::status);
    }

    /**
     * Lets a parked transaction go on with its compensations.
     *
     * @throws DtxException if it is not parked; or if it is parked because its log was restored from a backup, and was decided to
     *     commit, or has no step that is known here to undo: such a one is put right by hand, and resolved
     */
    public void retry(TransactionId id) {
        beforeChange.run();
        Reply reply = submit(new LogCommand.Retry(id));
        if (reply.code().equals(TransactionStateMachine.DECIDED_TO_COMMIT)) {
            throw new DtxException(
                    id,
                    "DTX-8027 " + id
                            + " cannot be retried, for a retry undoes, and it was decided to commit: commit by hand what"
                            + " is still prepared of it in its databases, or do what its steps have not done yet, and resolve it"
                            + " as COMMITTED.",
                    null);
        }
        if (reply.code().equals(TransactionStateMachine.NOTHING_TO_UNDO)) {
            throw new DtxException(
                    id,
                    "DTX-8028 " + id
                            + " cannot be retried: its log was restored from a backup, and knows no step of it to undo. It"
                            + " may have done some since: look for rows of dtx_guard with its id, put right by hand what they"
                            + " name, and resolve it.",
                    null);
        }
        demand(id, reply, "retried");
    }

    /**
     * Closes a transaction by hand that is parked, or of which a resource manager has ended a part by its own decision
     * (HEURISTIC_MIXED, which it stays: the log only stops to keep it for an operator). Of a parked one first every step that has
     * not ended is closed at its resource, so that nothing of it can take effect later; then the decision is logged, with its
     * reason. Of an ATOMIC one only that: no branch is touched.
     *
     * @param outcome {@link TransactionStatus#COMMITTED} or {@link TransactionStatus#COMPENSATED}: how the operator left things
     * @param reason kept in the transaction's history, on one line of at most 500 characters
     * @throws DtxException if it does not wait for an operator, or was resolved already: then the message has the resolution
     * @throws io.dtx.runtime.participant.ResourceUnavailableException if a resource cannot be reached; nothing is logged then
     */
    public void resolve(TransactionId id, TransactionStatus outcome, String reason) {
        if (outcome != TransactionStatus.COMMITTED && outcome != TransactionStatus.COMPENSATED) {
            throw new IllegalArgumentException("DTX-8003 resolve to COMMITTED or COMPENSATED, not to " + outcome);
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("DTX-8004 say why " + id + " is resolved by hand: the reason is kept");
        }
        TransactionState transaction = coordinator.transaction(id);
        if (transaction == null || !awaitsOperator(transaction)) {
            throw notResolvable(id, transaction);
        }
        List<StepState> open = transaction.steps().stream()
                .filter(each -> awaitsClosing(transaction, each))
                .toList();
        open.forEach(step -> resource(id, step)); // all of them, before anything is closed
        List<GuardedResource> given = List.copyOf(resources.values()); // those that know the session afterwards
        beforeChange.run();
        if (transaction.mode() == TransactionMode.SAGA) {
            coordinator.fenceFormerLog(id, given);
        }
        open.forEach(step -> close(id, step));
        Outcome decided = outcome == TransactionStatus.COMMITTED ? Outcome.COMMIT : Outcome.ABORT;
        demand(id, submit(new LogCommand.Resolve(id, decided, Text.line(reason))), RESOLVED);
    }

    private static boolean awaitsOperator(TransactionState transaction) {
        return transaction.status() == TransactionStatus.PARKED
                || (transaction.status() == TransactionStatus.HEURISTIC_MIXED && transaction.resolution() == null);
    }

    private static boolean awaitsClosing(TransactionState transaction, StepState step) {
        return transaction.mode() == TransactionMode.SAGA
                && step.intent().resource() != null
                && step.status() != StepStatus.FAILED
                && step.status() != StepStatus.COMPENSATED;
    }

    /** Returns where a step is to be closed. */
    private GuardedResource resource(TransactionId id, StepState step) {
        String name = Objects.requireNonNull(step.intent().resource());
        GuardedResource resource = resources.get(name);
        if (resource == null) {
            throw new DtxException(
                    id,
                    "DTX-8005 resource \"" + name + "\" of " + step.intent().name()
                            + " is not registered in this process, and the step has to be closed there, so that nothing of it"
                            + " can take effect later: give it, by dtx tx resolve --resource " + name
                            + "=jdbc:… for example, or"
                            + " resolve in an application that has it, by Dtx.transactions().resolve. Nothing was resolved.",
                    null);
        }
        if (!resource.databaseId().equals(step.intent().databaseId())) {
            throw new DtxException(
                    id,
                    "DTX-8030 resource \"" + name + "\" of " + step.intent().name() + " is database "
                            + resource.databaseId() + " here, and the step ran in "
                            + step.intent().databaseId()
                            + ": connect that one. Nothing was resolved. If it is that database, and its guard tables were made"
                            + " anew, settle by hand what the step has done, give the old id back to it (database_id in"
                            + " dtx_meta), and resolve again.",
                    null);
        }
        return resource;
    }

    private void close(TransactionId id, StepState step) {
        GuardedResource resource = resource(id, step);
        long own = coordinator.session().id();
        long owner = step.intent().executor();
        if (id.cluster() == coordinator.cluster() && !coordinator.isOpen(owner)) {
            resource.fence(owner);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        resource.close(new StepCall(id, step.number(), step.intent().name(), step.attempt() + 1, own, deadline), owner);
    }

    private Reply submit(LogCommand command) {
        return coordinator.submit(List.of(command), true).join().get(0);
    }

    private static void demand(TransactionId id, Reply reply, String verb) {
        if (!reply.is(Reply.Kind.ACCEPTED)) {
            throw refused(id, reply.status(), verb);
        }
    }

    private static DtxException notResolvable(TransactionId id, @Nullable TransactionState transaction) {
        TransactionState.Decision resolution = transaction == null ? null : transaction.resolution();
        return resolution == null
                ? refused(id, transaction == null ? null : transaction.status(), RESOLVED)
                : new DtxException(id, "DTX-8002 " + id + " was resolved already, as " + text(resolution), null);
    }

    private static DtxException refused(TransactionId id, @Nullable TransactionStatus status, String verb) {
        return status == null
                ? new DtxException(id, "DTX-8001 " + id + " cannot be " + verb + ": the log does not know it.", null)
                : new DtxException(
                        id,
                        "DTX-8002 " + id + " cannot be " + verb + ": it is " + status
                                + (verb.equals(RESOLVED)
                                        ? ", and only a PARKED or HEURISTIC_MIXED transaction can."
                                        : ", and only a PARKED transaction can."),
                        null);
    }

    private static TransactionHistory history(TransactionState state) {
        TransactionState.Decision decision = state.decision();
        TransactionState.Decision resolution = state.resolution();
        return new TransactionHistory(
                state.id(),
                state.name(),
                state.status(),
                Instant.ofEpochMilli(state.beganWallClock()),
                decision == null ? null : text(decision),
                decision == null ? null : Instant.ofEpochMilli(decision.wallClock()),
                resolution == null ? null : text(resolution),
                state.endedAt() == 0 ? null : Instant.ofEpochMilli(state.endedWallClock()),
                state.steps().stream().map(Transactions::history).toList());
    }

    private static StepHistory history(StepState step) {
        return new StepHistory(
                StepNumber.text(step.number()),
                step.intent().name(),
                step.intent().resource(),
                step.status(),
                Instant.ofEpochMilli(step.intent().startedWallClock()),
                step.endedAt() == 0 ? null : Instant.ofEpochMilli(step.endedWallClock()),
                step.attempt(),
                Text.line(step.failure()));
    }

    private static String text(TransactionState.Decision decision) {
        return decision.outcome() + (decision.reason().isEmpty() ? "" : ": " + Text.line(decision.reason()));
    }
}
