package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.TransactionState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where a process's commands go, and where it asks for the state behind them: a log of its own, or the members of a cluster.
 * Thread-safe.
 */
public interface CoordinatorLink extends AutoCloseable {

    /** What a link tells, by threads that must not be held up. */
    interface Listener {

        /** Actions may have become pending. */
        void actionsPend();

        /** Other sessions are open than when this was told last: somebody may have left something. */
        void sessionsChanged();

        /** A session that is {@linkplain #keepAlive kept alive} here has been ended all the same. */
        void sessionEnded(long session);
    }

    /** Connects, or opens the log. */
    void open(Listener listener);

    /** Returns the 64 random bits that name the log behind it; known once it is open. */
    long cluster();

    /** Returns whether other processes have sessions in the same log: else an earlier session's process is gone. */
    boolean isShared();

    /**
     * Sends batches and waits for the answer, one list per batch. Called by one thread at a time. Over a network it asks again,
     * of whichever member leads, until it is answered: numbered commands may be repeated.
     *
     * @param batches to be applied as one entry; empty: only lets time pass
     * @throws RuntimeException if no answer can be had any more: the link is closed, or the log has stopped
     */
    List<List<Reply>> append(List<SessionBatch> batches);

    /**
     * Sends a batch over a network, once, without waiting.
     *
     * @return its replies, on any thread, which must not be held up; exceptionally when whoever was asked has not answered in
     *     time or does not lead: then {@link #append} asks for the same again
     */
    default CompletableFuture<List<Reply>> send(SessionBatch batch) {
        throw new UnsupportedOperationException("only a link over a network sends");
    }

    /** Returns the log time at which an empty entry from here would change something; {@link Long#MAX_VALUE}: none would. */
    long nextDue();

    /** Returns the log time now; of no meaning where nothing is ever due. */
    long time();

    /** Keeps this process's session alive from now on, where that takes more than the process being there. */
    void keepAlive(long session);

    /** Returns a transaction that is present in the state, or null. */
    @Nullable
    TransactionState transaction(TransactionId id);

    /** Returns the transactions that are present in the state, by id. */
    List<TransactionState> transactions();

    /** Returns the ATOMIC transactions whose decision is not forgotten, in no order. */
    default List<TransactionState> decisions() {
        return transactions().stream().filter(each -> each.record() != null).toList();
    }

    /** Returns the sessions that are open now. */
    OpenSessions openSessions();

    /** Returns what is due, unclaimed, and for this session to do: at most so many actions of each lane. */
    List<Action> pendingActions(long session, int perLane);

    /** Reads recorded arguments or a result back. */
    byte[] read(Payload payload);

    /** Waits until the state that is asked holds everything that was answered to anybody before this call. */
    void readBarrier();

    @Override
    void close();
}
