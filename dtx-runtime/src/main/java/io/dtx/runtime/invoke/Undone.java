package io.dtx.runtime.invoke;

import io.dtx.CompensationIncompleteException;
import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.ActionDriver;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.Submission;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Rolls a transaction back for its owner, and lets the owner wait until its compensations have ended or one has failed. */
final class Undone {

    private final Coordinator coordinator;
    private final ActionDriver driver;
    private final long waitMillis;

    Undone(Coordinator coordinator, ActionDriver driver, long waitMillis) {
        this.coordinator = coordinator;
        this.driver = driver;
        this.waitMillis = waitMillis;
    }

    /**
     * Decides to abort, together with the claim of the last step's compensation, and waits.
     *
     * @param reason recorded with the decision
     * @param failure is told what is not undone yet
     */
    void abort(TransactionScope scope, String reason, Throwable failure) {
        CompletableFuture<@Nullable Void> firstRound = driver.firstRound(scope.id());
        try {
            List<LogCommand> commands = scope.decide(Outcome.ABORT, reason);
            TransactionScope.StartedStep last = scope.firstToCompensate();
            ActionDriver.Ride ride = last == null
                    ? null
                    : driver.ride(
                            scope.id(),
                            last.number(),
                            last.descriptor().resource(),
                            last.descriptor().name());
            if (ride != null) {
                commands.add(ride.claim());
            }
            if (isAnswered(scope, coordinator.submit(commands, true), ride)) {
                await(scope, failure, firstRound);
            } else {
                failure.addSuppressed(new CompensationIncompleteException(
                        scope.id(),
                        "DTX-2038 " + scope.id() + " (" + scope.name()
                                + ") is to be rolled back, but nobody has answered yet: it is undone as soon as somebody"
                                + " leads, at the latest when its time is over.",
                        List.of()));
            }
        } finally {
            driver.forgetFirstRound(scope.id());
        }
    }

    private boolean isAnswered(TransactionScope scope, Submission submission, ActionDriver.@Nullable Ride ride) {
        try {
            List<Reply> replies = submission.join(lastWordNanos(scope));
            if (ride != null) {
                ride.answered(replies.get(replies.size() - 1));
            }
            return true;
        } catch (TimeoutException e) {
            if (ride != null) {
                ride.unanswered();
            }
            return false;
        }
    }

    /** Returns until when a caller waits for what the log says about its transaction: a while longer than for the rest. */
    long lastWordNanos(TransactionScope scope) {
        return System.nanoTime() + scope.remaining().toNanos() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
    }

    /** Waits for a transaction that was aborted by the log itself. */
    void await(TransactionScope scope, Throwable failure) {
        try {
            await(scope, failure, driver.firstRound(scope.id()));
        } finally {
            driver.forgetFirstRound(scope.id());
        }
    }

    private void await(TransactionScope scope, Throwable failure, CompletableFuture<@Nullable Void> firstRound) {
        if (openSteps(scope.id()).isEmpty()) {
            return;
        }
        try {
            firstRound.get(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            failure.addSuppressed(e);
        }
        List<String> open = openSteps(scope.id());
        if (!open.isEmpty()) {
            failure.addSuppressed(new CompensationIncompleteException(
                    scope.id(),
                    "DTX-2025 " + scope.id() + " (" + scope.name() + ") is rolled back, but not all is undone yet: "
                            + open + ". " + whoGoesOn(scope.id()),
                    open));
        }
    }

    private String whoGoesOn(TransactionId id) {
        TransactionState transaction = coordinator.transaction(id);
        return transaction != null && transaction.status() == TransactionStatus.PARKED
                ? "It is parked: Dtx.transactions().show(" + id + ") says why; retry or resolve it."
                : "It is tried again; see Dtx.transactions().show(" + id + ").";
    }

    private List<String> openSteps(TransactionId id) {
        TransactionState transaction = coordinator.transaction(id);
        List<String> names = new ArrayList<>();
        if (transaction != null && !transaction.status().isFinal()) {
            for (StepState each : transaction.steps()) {
                if (each.status() != StepStatus.FAILED && each.status() != StepStatus.COMPENSATED) {
                    names.add(each.intent().name());
                }
            }
        }
        return names;
    }
}
