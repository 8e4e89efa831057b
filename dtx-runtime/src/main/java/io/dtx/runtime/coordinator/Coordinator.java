package io.dtx.runtime.coordinator;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.TransactionId;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.TransactionState;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of this process: what owners and claimers say goes through {@link #submit} into the log, what the log has
 * committed is applied to the state, and the state says what is to be done. Thread-safe.
 */
public final class Coordinator implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Coordinator.class.getName());

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CoordinatorLink link;
    private final Batcher batcher;
    private final OwnSessions sessions;
    private volatile Runnable whenActionsPend = () -> {};
    private volatile Runnable whenSessionsChange = () -> {};

    /** Is ready to {@link #open} over a log that nobody else uses. */
    public Coordinator(CoordinatorLog log, Limits limits) {
        this(new OwnLog(log, limits));
    }

    /** Is ready to {@link #open} over a link. */
    public Coordinator(CoordinatorLink link) {
        this.link = link;
        this.batcher = Batcher.to(link, Batcher.QUEUE_MAX, this::ended);
        this.sessions = new OwnSessions(link, batcher);
    }

    /** Opens the log and restores the state from it, or connects to the members. */
    public void open() {
        link.open(new CoordinatorLink.Listener() {
            @Override
            public void actionsPend() {
                whenActionsPend.run();
            }

            @Override
            public void sessionsChanged() {
                whenSessionsChange.run();
            }

            @Override
            public void sessionEnded(long session) {
                ended(session);
            }
        });
        batcher.start();
    }

    /** Returns the name of the log; known once it is open. */
    public long cluster() {
        return link.cluster();
    }

    /**
     * Opens this process's session. In a log with one user at a time it ends every earlier one, whose process is gone.
     *
     * @return the sessions that were ended
     * @throws CoordinatorUnavailableException if the state refuses
     */
    public List<Long> openSession(String node, String application, List<String> hosted) {
        return sessions.open(node, application, hosted);
    }

    /**
     * Says what has to be done before a session is used that replaces one which others have ended; when it throws, another
     * session is opened a little later.
     */
    public void beforeNextSession(LongConsumer action) {
        sessions.beforeUse(action);
    }

    /** Ends this process's session; whatever it has open is undone after the next start. */
    public void closeSession() {
        sessions.close();
        try {
            submit(List.of(new LogCommand.CloseSession()), true).join(System.nanoTime() + CLOSE_NANOS);
        } catch (CoordinatorStoppedException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "DTX-7014 the session was not closed; the next start ends it.", e);
        }
    }

    /** Returns this process's session, which others may have ended. */
    public OwnSession session() {
        return sessions.current();
    }

    /**
     * Returns a session in which a transaction can be begun.
     *
     * @throws CoordinatorUnavailableException if others have ended the session of this process, and no new one is there yet
     */
    public OwnSession usableSession() {
        return sessions.usable();
    }

    /** Returns whether other processes have sessions in the same log. */
    boolean isShared() {
        return link.isShared();
    }

    /**
     * Submits commands of this session, to apply one after the other in one entry.
     *
     * @param waits whether the caller waits for the answer next: it must, for it may be named to append
     */
    public Submission submit(List<LogCommand> commands, boolean waits) {
        return batcher.submit(commands, waits);
    }

    /**
     * Keeps the processes of another log from committing any step, before something is done about a transaction that began in it
     * and was restored into this one; nothing for the others, whose sessions the state knows. Every resource of this process is
     * asked: such a process may be at a step that this log has never heard of.
     *
     * @throws io.dtx.runtime.participant.ResourceUnavailableException if one does not answer
     */
    public void fenceFormerLog(TransactionId transaction, Collection<GuardedResource> resources) {
        if (transaction.cluster() != cluster()) {
            resources.forEach(each -> each.fenceLog(transaction.cluster()));
        }
    }

    /** Lets what is due by now happen: the clock has jumped. Nothing does while the log is not open. */
    public void letTimePass() {
        try {
            submit(List.of(), true).join();
        } catch (CoordinatorStoppedException e) {
            LOG.log(System.Logger.Level.DEBUG, "no time passes in a log that has stopped", e);
        }
    }

    /** Returns a transaction that is present in the state, or null. */
    public @Nullable TransactionState transaction(TransactionId id) {
        return link.transaction(id);
    }

    /** Returns the transactions that are present in the state, by id. */
    public List<TransactionState> transactions() {
        return link.transactions();
    }

    /** Returns the ATOMIC transactions whose decision is not forgotten, in no order. */
    List<TransactionState> decisions() {
        return link.decisions();
    }

    /** Returns the sessions that are open now. */
    OpenSessions openSessions() {
        return link.openSessions();
    }

    /** Has this called soon after sessions of others have been ended, by a thread that must not be held up. */
    void whenSessionsChange(Runnable wake) {
        whenSessionsChange = wake;
    }

    /** Returns whether a session is known and has not ended. */
    public boolean isOpen(long sessionId) {
        return link.openSessions().contains(sessionId);
    }

    /** Returns what is due, unclaimed and for this process to do: at most so many actions of each lane. */
    List<Action> pendingActions(int perLane) {
        return link.pendingActions(session().id(), perLane);
    }

    /** Reads recorded arguments or a result back. */
    public byte[] read(Payload payload) {
        return link.read(payload);
    }

    /** Waits until everything committed before this call is in the state. */
    public void readBarrier() {
        link.readBarrier();
    }

    /** Has this called whenever actions may have become pending, by a thread that must not be held up. */
    void whenActionsPend(Runnable wake) {
        whenActionsPend = wake;
    }

    /** Appends what was submitted, then closes the log. */
    @Override
    public void close() {
        sessions.close();
        if (link.isShared()) {
            link.close(); // whatever still waits for members that do not answer ends here
            batcher.close();
        } else {
            batcher.close();
            link.close();
        }
    }

    private void ended(long session) {
        sessions.ended(session);
    }
}
