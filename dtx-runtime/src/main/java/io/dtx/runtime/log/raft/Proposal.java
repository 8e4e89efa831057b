package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.protocol.LogEntry;
import java.util.concurrent.CompletableFuture;

/**
 * An entry that this member has proposed and is waiting for. Whatever consensus reports but its commit means that nobody knows:
 * another leader may commit it later.
 */
final class Proposal implements Closure {

    private final LogEntry draft;
    private final CompletableFuture<Long> index = new CompletableFuture<>();
    private final long startedNanos = System.nanoTime();

    /** Creates it for an entry that has neither index nor term yet. */
    Proposal(LogEntry draft) {
        this.draft = draft;
    }

    CompletableFuture<Long> index() {
        return index;
    }

    /** The entry, now that it is committed. */
    LogEntry entry(long atIndex, long term) {
        return new LogEntry(atIndex, term, draft.time(), draft.wallClock(), draft.batches());
    }

    /** The entry has been committed, and has reached the replica. */
    void committed(long atIndex) {
        index.complete(atIndex);
    }

    long ageNanos() {
        return System.nanoTime() - startedNanos;
    }

    /** Called by consensus in any other case. */
    @Override
    public void run(Status status) {
        unknown(status.toString());
    }

    void unknown(String why) {
        index.completeExceptionally(new AppendUnknownException(
                "DTX-5204 an entry may or may not be, or become, committed (" + why + "); repeat its commands", null));
    }
}
