package io.dtx.runtime.coordinator;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.TransactionId;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.TransactionState;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of this process: what owners and claimers say goes through {@link #submit} into the log, what the log has
 * committed is applied to the state, and the state says what is to be done. Thread-safe.
 */
public final class Coordinator implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Coordinator.class.getName());

    private final CoordinatorLog log;
    private final Batcher batcher;
    private final ReentrantLock stateLock = new ReentrantLock();
    private final Limits limits;
    private CoordinatorState state;
    private volatile long nextDue = Long.MAX_VALUE;
    private List<Reply> lastReplies = List.of();
    private @Nullable OwnSession session;
    private Runnable whenActionsPend = () -> {};

    /** Is ready to {@link #open}. */
    public Coordinator(CoordinatorLog log, Limits limits) {
        this.log = log;
        this.limits = limits;
        this.state = new CoordinatorState(limits);
        this.batcher = new Batcher(log, new FromBatcher(), Batcher.QUEUE_MAX);
    }

    /** Opens the log and restores the state from it. */
    public void open() {
        log.start(new FromLog());
        batcher.start();
    }

    /** Returns the name of the log; known once it is open. */
    public long cluster() {
        return log.cluster();
    }

    /**
     * Opens this process's session, and ends every earlier one: their processes are gone, for the log has one user at a time.
     *
     * @return the sessions that were ended
     * @throws CoordinatorUnavailableException if the state refuses
     */
    public List<Long> openSession(String node, String application, List<String> hosted) {
        List<Long> earlier =
                read(each -> each.openSessions().stream().map(SessionState::id).toList());
        List<LogCommand> commands = new ArrayList<>();
        commands.add(new LogCommand.OpenSession(new SecureRandom().nextLong(), node, application, hosted));
        earlier.forEach(id -> commands.add(new LogCommand.ExpireSession(id)));
        Reply opened = submit(commands, true).join().get(0);
        if (!opened.is(Reply.Kind.ACCEPTED)) {
            throw new CoordinatorUnavailableException(null, "DTX-7012 no session could be opened: " + opened, null);
        }
        session = new OwnSession(log.cluster(), opened.value());
        batcher.numberFor(session);
        return earlier;
    }

    /** Ends this process's session; whatever it has open is undone after the next start. */
    public void closeSession() {
        try {
            submit(List.of(new LogCommand.CloseSession()), true).join();
        } catch (CoordinatorStoppedException e) {
            LOG.log(System.Logger.Level.WARNING, "DTX-7014 the session was not closed; the next start ends it.", e);
        }
    }

    /** Returns this process's session. */
    public OwnSession session() {
        if (session == null) {
            throw new IllegalStateException("DTX-1004 dtx has not been started: call dtx.start() first.");
        }
        return session;
    }

    /**
     * Submits commands of this session, to apply one after the other in one entry.
     *
     * @param waits whether the caller waits for the answer next: it must, for it may be named to append
     */
    public Submission submit(List<LogCommand> commands, boolean waits) {
        return batcher.submit(commands, waits);
    }

    /** Asks the state something; the function must not keep it. */
    <T extends @Nullable Object> T read(Function<CoordinatorState, T> question) {
        stateLock.lock();
        try {
            return question.apply(state);
        } finally {
            stateLock.unlock();
        }
    }

    /** Returns a transaction that is present in the state, or null. */
    public @Nullable TransactionState transaction(TransactionId id) {
        return this.<@Nullable TransactionState>read(each -> each.transaction(id));
    }

    /** Returns the transactions that are present in the state, by id. */
    public List<TransactionState> transactions() {
        return read(each -> each.transactions().toList());
    }

    /** Returns whether a session is known and has not ended. */
    public boolean isOpen(long sessionId) {
        return read(each -> {
            SessionState known = each.session(sessionId);
            return known != null && known.isOpen();
        });
    }

    /** Reads recorded arguments or a result back. */
    public byte[] read(Payload payload) {
        return log.read(payload);
    }

    /** Waits until everything committed before this call is in the state. */
    public void readBarrier() {
        log.readBarrier().join();
    }

    /** Has this called, by the applying thread, whenever actions may have become pending. */
    void whenActionsPend(Runnable wake) {
        whenActionsPend = wake;
    }

    /** Appends what was submitted, then closes the log. */
    @Override
    public void close() {
        batcher.close();
        log.close();
    }

    private final class FromBatcher implements Batcher.Applied {
        @Override
        public long nextDue() {
            return nextDue;
        }

        @Override
        public List<Reply> replies() {
            return lastReplies;
        }
    }

    private final class FromLog implements Replica {
        @Override
        public void restore(Snapshot snapshot) {
            stateLock.lock();
            try {
                state = new CoordinatorState(limits);
                StateCodec.restore(snapshot, state);
                nextDue = state.nextDue();
            } finally {
                stateLock.unlock();
            }
        }

        @Override
        public void onCommitted(LogEntry entry) {
            boolean pending;
            stateLock.lock();
            try {
                List<List<Reply>> replies = state.apply(entry).replies();
                lastReplies = replies.isEmpty() ? List.of() : replies.get(0); // own entries hold one batch
                nextDue = state.nextDue();
                pending = state.hasPendingActions();
            } finally {
                stateLock.unlock();
            }
            if (pending) {
                whenActionsPend.run();
            }
        }

        @Override
        public Snapshot snapshot() {
            return StateCodec.snapshot(read(CoordinatorState::view));
        }

        @Override
        public void onLeader(long term) {}

        @Override
        public void onFollower() {}

        @Override
        public void onFailed(Throwable cause) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "DTX-7013 the coordinator log has stopped for good; nothing is begun or decided in this process any more."
                            + " Mend the cause and restart: recovery continues from what is durable.",
                    cause);
        }
    }
}
