package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.runtime.protocol.TransactionStateMachine;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A member of a cluster: it hosts the log and the state behind it, and while it leads it takes what sessions send, answers
 * them, and ends those that have fallen silent. Every member can be asked. Thread-safe.
 */
public final class Member implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Member.class.getName());

    private static final long TICK_MILLIS = 50;
    private static final long GRACE_MILLIS = 500;

    private final CoordinatorLog log;
    private final StateReplica replica;
    private final Intake intake;
    private final Presence presence;
    private final Unhosted unhosted = new Unhosted(System.nanoTime());
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dtx-presence");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Long, CompletableFuture<List<Reply>>> expiries = new HashMap<>(); // of the thread of ticks
    private volatile Runnable whenActionsPend = () -> {};
    private final CompletableFuture<Throwable> stopped = new CompletableFuture<>();
    private volatile boolean leads;
    private volatile long term;
    private volatile @Nullable Throwable broken; // and nobody was told yet

    /**
     * Is ready to {@link #open}.
     *
     * @param sessionTimeoutMillis how long a session may be silent before it is ended
     */
    public Member(CoordinatorLog log, Limits limits, long sessionTimeoutMillis) {
        this.log = log;
        this.replica = new StateReplica(limits, () -> whenActionsPend.run()) {
            @Override
            public void onLeader(long term) {
                Member.this.term = term;
                lead(true);
            }

            @Override
            public void onFollower() {
                lead(false);
            }

            @Override
            public void onFailed(Throwable cause) {
                lead(false);
                super.onFailed(cause);
                stopped.complete(cause);
            }
        };
        this.intake = new Intake(log, replica, this::broken);
        this.presence = new Presence(sessionTimeoutMillis, GRACE_MILLIS);
    }

    /**
     * Opens the log, and follows or leads from then on.
     *
     * @param whenActionsPend called while entries are applied, whenever actions may have become pending; must not wait
     */
    public void open(Runnable whenActionsPend) {
        this.whenActionsPend = whenActionsPend;
        log.start(replica);
        ScheduledFuture<?> unused =
                ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns the name of the log; known once it is open. */
    public long cluster() {
        return log.cluster();
    }

    /**
     * Completes, with the cause, when the log has stopped for good, or this member cannot serve any more: then its log is closed, and
     * another member leads. What depends on it must not wait.
     */
    public CompletableFuture<Throwable> stopped() {
        return stopped;
    }

    /** Returns whether this member leads, as far as it knows. */
    public boolean leads() {
        return leads;
    }

    /**
     * Applies what a session sends.
     *
     * @return a reply per command; exceptionally a {@link NotLeadingException}: send it again, to the leader
     */
    public CompletableFuture<List<Reply>> submit(SessionBatch batch) {
        if (batch.session() != 0) {
            presence.heard(batch.session(), System.nanoTime());
        }
        return intake.submit(batch);
    }

    /**
     * A session says that it is alive.
     *
     * @return whether it is open; a member that does not lead cannot say
     * @throws NotLeadingException if this member does not lead
     */
    public boolean heartbeat(long session) {
        if (!leads) {
            throw new NotLeadingException("DTX-7030 this member does not lead; ask the leader", null);
        }
        presence.heard(session, System.nanoTime());
        return replica.read(state -> {
            SessionState known = state.session(session);
            return known != null && known.isOpen();
        });
    }

    /** Returns a number that stands for the set of open sessions: while it stays, nobody has come or gone. */
    public long census() {
        return replica.read(CoordinatorState::census);
    }

    /** The connection over which a session spoke to this member is broken. */
    public void connectionLost(long session) {
        presence.connectionLost(session, System.nanoTime());
    }

    /** Completes once this member's state holds everything that was answered to anybody before this call. */
    public CompletableFuture<Void> readBarrier() {
        return log.readBarrier();
    }

    /** Returns a transaction that is present in this member's state, or null. */
    public @Nullable TransactionState transaction(TransactionId id) {
        return replica.<@Nullable TransactionState>read(each -> each.transaction(id));
    }

    /** Returns the transactions behind one in the order of their ids, of this member's state; null: from the first one on. */
    public List<TransactionState> transactionsBehind(@Nullable TransactionId last, int max) {
        return replica.read(CoordinatorState::view).transactionsBehind(last, max);
    }

    /** Returns the decisions of two-phase commit that are not forgotten, as {@link #transactionsBehind}. */
    public List<TransactionState> decisionsBehind(@Nullable TransactionId last, int max) {
        return replica.read(state -> state.decisions().stream()
                .filter(each -> last == null || each.id().compareTo(last) > 0)
                .sorted(Comparator.comparing(TransactionState::id))
                .limit(max)
                .toList());
    }

    /** Returns whether an application has fewer sessions open than that, or the one that is to be opened is open already. */
    public boolean hasRoomFor(LogCommand.OpenSession opening, int max) {
        return replica.read(state -> state.openSessions().stream().anyMatch(each -> each.nonce() == opening.nonce())
                || state.openSessions().stream()
                                .filter(each -> each.application().equals(opening.application()))
                                .count()
                        < max);
    }

    /** Returns the application of a session; null if this member does not know the session. */
    public @Nullable String applicationOf(long session) {
        return replica.<@Nullable String>read(state -> {
            SessionState known = state.session(session);
            return known == null ? null : known.application();
        });
    }

    /** Returns the sessions that are open in this member's state. */
    public OpenSessions openSessions() {
        return replica.openSessions();
    }

    /** Returns the index of the last entry that this member has applied. */
    public long entry() {
        return replica.read(CoordinatorState::index);
    }

    /** Returns what this member sees, for people. */
    public MemberView view() {
        StateView state = replica.read(CoordinatorState::view);
        List<TransactionState> transactions = state.transactionsInOrder();
        return new MemberView(
                log.cluster(),
                leads,
                leads ? term : 0,
                state.index(),
                state.sessionsInOrder().stream().filter(SessionState::isOpen).toList(),
                transactions.stream().collect(Collectors.groupingBy(TransactionState::status, Collectors.counting())),
                transactions.stream().filter(Member::isTakenOver).count());
    }

    private static boolean isTakenOver(TransactionState transaction) {
        TransactionState.Decision decision = transaction.decision();
        return decision != null && decision.reason().equals(TransactionStateMachine.SESSION_ENDED);
    }

    /** Returns what is due, unclaimed, and can be done by a session, for it hosts step and database: some of each lane. */
    public List<Action> pendingActions(long session, int perLane) {
        return replica.read(state -> {
            SessionState asking = state.session(session);
            return asking == null || !asking.isOpen()
                    ? List.of()
                    : state.pendingActions(perLane, Hosting.of(asking)::can);
        });
    }

    /** Reads what a committed command carries. */
    public byte[] read(Payload payload) {
        return log.read(payload);
    }

    /** Takes a copy of this member's state, to be read while the log goes on. */
    public StateCopy copy() {
        return new StateCopy(log, replica.read(CoordinatorState::view));
    }

    /** Lets this member serve no more: whoever hosts it learns so from {@link #stopped}, with the cause. */
    public void stop(Throwable cause) {
        lead(false);
        LOG.log(System.Logger.Level.ERROR, cause.getMessage());
        stopped.complete(cause);
        log.close();
    }

    /** Leaves the cluster's service; the log is closed. */
    @Override
    public void close() {
        ticks.shutdown(); // one that closes the log goes on
        intake.close();
        log.close();
    }

    private void lead(boolean now) {
        presence.restart();
        leads = now;
        intake.leads(now);
    }

    /** Who does not serve any more must not stay. This thread may be the log's own, and have no memory: the next tick does it. */
    private void broken(Throwable cause) {
        broken = cause;
        lead(false);
    }

    private void tick() {
        try {
            leaveIfBroken();
            endSilentSessions();
            intake.letTimePass();
            tellOfUnhosted(System.nanoTime());
        } catch (Throwable e) { // what leaves this method ends the timer
            complain(e);
        }
    }

    private static void complain(Throwable cause) {
        try {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "DTX-7036 looking for sessions that have fallen silent failed; it is tried again.",
                    cause);
        } catch (Throwable e) { // for want of memory: the next tick tries again, and says what is in its way
            cause.addSuppressed(e);
        }
    }

    /** Has another member lead, whatever the process does that hosts this one. */
    private void leaveIfBroken() {
        Throwable cause = broken;
        if (cause == null) {
            return;
        }
        try {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "DTX-7051 this member cannot serve any more; start its process again. Nothing is lost.",
                    cause);
        } finally { // also if there is no memory for that
            stopped.complete(cause);
            log.close();
        }
        broken = null;
    }

    private void tellOfUnhosted(long now) {
        if (leads && unhosted.isDue(now)) {
            unhosted.look(replica.read(CoordinatorState::unhosted), now)
                    .forEach(each -> LOG.log(System.Logger.Level.WARNING, each));
        }
    }

    private void endSilentSessions() {
        List<Long> open = leads
                ? replica.read(state ->
                        state.openSessions().stream().map(SessionState::id).toList())
                : List.of();
        expiries.values().removeIf(CompletableFuture::isDone);
        for (long silent : presence.silent(open, System.nanoTime())) {
            expiries.computeIfAbsent(silent, this::expire);
        }
    }

    private CompletableFuture<List<Reply>> expire(long silent) {
        LOG.log(
                System.Logger.Level.WARNING,
                "DTX-7032 session {0} has fallen silent: it is ended, and others finish what it left.",
                Long.toString(silent));
        return intake.submit(new SessionBatch(0, 0, 0, List.of(new LogCommand.ExpireSession(silent))));
    }
}
