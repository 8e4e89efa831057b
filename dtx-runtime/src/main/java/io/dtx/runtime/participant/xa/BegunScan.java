package io.dtx.runtime.participant.xa;

import io.dtx.TransactionId;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A scan of a resource that has begun, and may have ended.
 *
 * @param abandoned the decisions that nobody worked on any more when it began: it has seen all that was prepared for these
 * @param remaining the names of transactions of branches that it could not end, so far
 * @param answer whether the resource has answered, once it is done
 * @param begunNanos when it began
 */
record BegunScan(
        Set<TransactionId> abandoned, Set<String> remaining, CompletableFuture<Boolean> answer, long begunNanos) {

    boolean isDone() {
        return answer.isDone();
    }

    /** Returns whether it is done, and every branch that was listed there has ended, or is among the remaining ones. */
    boolean isComplete() {
        return answer.isDone() && answer.join();
    }

    /** Waits until all of them are done, or the time is over. */
    static void await(Collection<BegunScan> scans, long nanos) {
        CompletableFuture<?>[] answers = scans.stream().map(BegunScan::answer).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(answers).get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            assert scans.size() > 0; // each is asked for its own answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
