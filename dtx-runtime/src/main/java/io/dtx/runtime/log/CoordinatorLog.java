package io.dtx.runtime.log;

import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The coordinator log, as a member sees it: an ordered sequence of entries that, once committed, are never lost, changed or
 * reordered. It drives one {@link Replica}: every committed entry reaches it exactly once, in order, one at a time. A replicated
 * log has entries of its own between those that were appended; they reach the replica as entries that let no time pass.
 */
public interface CoordinatorLog extends AutoCloseable {

    /**
     * Opens the log: restores the replica from the newest snapshot, replays what follows, then leads or follows.
     *
     * @param replica what the log drives until it is closed
     * @throws LogDamagedException if the files are not what this member once made durable; the message says what to do
     * @throws LogUnavailableException if the directory cannot be used: locked by another process, unreadable, full
     */
    void start(Replica replica);

    /** Returns the 64 random bits that name this log; known once it has started. */
    long cluster();

    /**
     * Appends batches as one entry: all of them, or none. The log stamps index, term and time. Called by one caller at a
     * time, which waits for the future before it appends again; the future may be complete on return.
     *
     * @param batches in the order in which they must apply; empty: only lets time pass
     * @return the entry's index, completed after {@link Replica#onCommitted} for it has returned; exceptionally with
     *     {@link AppendUnknownException} when the entry may or may not be, or become, committed, and with
     *     {@link LogUnavailableException} when it is not and never will be: the log is closed, or has stopped before, or
     *     ({@link NotLeaderException}) this member of a replicated log does not lead
     * @throws IllegalArgumentException if they are more than {@link EntryCodec} takes; nothing was appended
     */
    CompletableFuture<Long> append(List<SessionBatch> batches);

    /**
     * Returns the log time now: what the next entry would be stamped with. Milliseconds. At a member that does not lead: the last
     * stamp that it has seen.
     */
    long time();

    /**
     * Reads the bytes that a committed command carries (arguments, result, decision) back, from segments or snapshot; none
     * if it carries none. Any thread may read at any time; what the state no longer refers to may be gone.
     *
     * @throws IllegalArgumentException if the log does not hold such a command, or not any more
     * @throws LogDamagedException if the bytes on disk are damaged
     */
    byte[] read(Payload payload);

    /**
     * Completes once everything that was committed before this call, by any member, has reached the replica; exceptionally with
     * {@link LogUnavailableException} when that cannot be known: the log is closed, or no majority answers.
     */
    CompletableFuture<Void> readBarrier();

    /** Closes the files. An append in flight is finished first. */
    @Override
    void close();
}
