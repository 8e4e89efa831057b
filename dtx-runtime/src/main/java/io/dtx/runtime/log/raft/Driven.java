package io.dtx.runtime.log.raft;

import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The replica, which is called by one thread at a time, and not after the log has failed or closed. The thread of consensus calls
 * it; so does whichever thread halts the member. Thread-safe.
 */
final class Driven {

    private final Replica replica;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<@Nullable Void> firstLeads = new CompletableFuture<>();
    private boolean over;

    Driven(Replica replica) {
        this.replica = replica;
    }

    void committed(LogEntry entry) {
        call(() -> replica.onCommitted(entry));
    }

    void restore(Snapshot snapshot) {
        call(() -> replica.restore(snapshot));
    }

    /** Takes a view; throws if it is over. */
    Snapshot snapshot() {
        lock.lock();
        try {
            requireOn();
            return replica.snapshot();
        } finally {
            lock.unlock();
        }
    }

    void leads(long term) {
        call(() -> replica.onLeader(term));
        firstLeads.complete(null);
    }

    /** Completes when this member leads for the first time; exceptionally if the log stops before. */
    CompletableFuture<@Nullable Void> firstLeads() {
        return firstLeads;
    }

    /** Whether the replica is being called by this thread. */
    boolean isCalling() {
        return lock.isHeldByCurrentThread();
    }

    /** Nothing, if it is over: then nobody asks who leads. */
    void follows() {
        lock.lock();
        try {
            if (!over) {
                replica.onFollower();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells that the log has stopped, once. */
    void failed(Throwable cause) {
        lock.lock();
        try {
            if (!over) {
                over = true;
                replica.onFailed(cause);
                firstLeads.completeExceptionally(cause);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Calls it no more. */
    void end() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }

    private void call(Runnable call) {
        lock.lock();
        try {
            requireOn();
            call.run();
        } finally {
            lock.unlock();
        }
    }

    private void requireOn() {
        if (over) {
            throw new IllegalStateException("DTX-5006 the log is closed, or stopped after an error");
        }
    }
}
