package io.dtx.runtime.session;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.CoordinatorLink;
import io.dtx.runtime.coordinator.OpenSessions;
import io.dtx.runtime.coordinator.StateCodec;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The link of a process without a log of its own: it asks the members of a cluster, follows whoever leads, and repeats what was
 * not answered, which the numbers of its session make harmless. Thread-safe.
 */
public final class MembersLink implements CoordinatorLink {

    private static final System.Logger LOG = System.getLogger(MembersLink.class.getName());

    private static final long READ_MILLIS = 10_000;
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final int BEATS_PER_TIMEOUT = 8;

    private final List<MemberChannel> channels;
    private final AutoCloseable behind;
    private final Leader leader;
    private final TransactionReader reader = new TransactionReader(this::read);
    private final long readMillis;
    private final long appendMillis;
    private final long beatMillis;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dtx-heartbeat");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Listener listener;
    private volatile long cluster;
    private volatile long alive;
    private long census; // of the thread that beats

    /**
     * Is ready to {@link #open}.
     *
     * @param channels one to each member, closed with this link
     * @param behind what they need, closed after them
     * @param sessionTimeoutMillis how long a session may be silent, as the members see it
     */
    public MembersLink(List<MemberChannel> channels, long sessionTimeoutMillis, AutoCloseable behind) {
        this(channels, sessionTimeoutMillis, behind, READ_MILLIS, FOR_EVER);
    }

    MembersLink(List<MemberChannel> channels, long sessionTimeoutMillis, AutoCloseable behind, long readMillis) {
        this(channels, sessionTimeoutMillis, behind, readMillis, FOR_EVER);
    }

    /** As above, for somebody who does not wait for ever: an append that nobody has answered in time stops the link. */
    public static MembersLink impatient(
            List<MemberChannel> channels, long sessionTimeoutMillis, AutoCloseable behind, long patienceMillis) {
        return new MembersLink(channels, sessionTimeoutMillis, behind, patienceMillis, patienceMillis);
    }

    private MembersLink(
            List<MemberChannel> channels,
            long sessionTimeoutMillis,
            AutoCloseable behind,
            long readMillis,
            long appendMillis) {
        this.appendMillis = appendMillis;
        this.channels = List.copyOf(channels);
        this.behind = behind;
        this.readMillis = readMillis;
        this.leader = new Leader(channels, sessionTimeoutMillis / 2);
        this.beatMillis = Math.max(10, sessionTimeoutMillis / BEATS_PER_TIMEOUT);
    }

    @Override
    public void open(Listener listener) {
        this.listener = listener;
        channels.forEach(each -> each.onPush(listener::actionsPend));
        cluster = read(Wire.message(Wire.HELLO, out -> {})).readFixedLong();
        ScheduledFuture<?> unused =
                beats.scheduleWithFixedDelay(this::beat, beatMillis, beatMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public long cluster() {
        return cluster;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public List<List<Reply>> append(List<SessionBatch> batches) {
        List<List<Reply>> replies = new ArrayList<>(batches.size());
        for (SessionBatch each : batches) {
            replies.add(Wire.list(leader.ask(Wire.batch(each), appendMillis), Wire::reply));
        }
        return replies;
    }

    @Override
    public CompletableFuture<List<Reply>> send(SessionBatch batch) {
        return leader.tell(Wire.batch(batch)).thenApply(answer -> Wire.list(answer, Wire::reply));
    }

    /** Letting time pass is the members' part. */
    @Override
    public long nextDue() {
        return Long.MAX_VALUE;
    }

    @Override
    public long time() {
        return 0;
    }

    @Override
    public void keepAlive(long session) {
        alive = session;
        beats.execute(this::beat); // the member knows from now on which connection is the session's
    }

    @Override
    public @Nullable TransactionState transaction(TransactionId id) {
        return reader.one(id);
    }

    @Override
    public List<TransactionState> transactions() {
        return reader.all(Wire.TRANSACTIONS);
    }

    @Override
    public List<TransactionState> decisions() {
        return reader.all(Wire.DECISIONS);
    }

    @Override
    public OpenSessions openSessions() {
        WireReader answer = read(Wire.message(Wire.SESSIONS, out -> {}));
        return new OpenSessions(answer.readLong(), Wire.list(answer, in -> StateCodec.session(in.readBytes())));
    }

    @Override
    public List<Action> pendingActions(long session, int perLane) {
        byte[] request = Wire.message(Wire.PENDING, out -> {
            out.writeLong(session);
            out.writeInt(perLane);
        });
        return Wire.list(read(request), Wire::action);
    }

    @Override
    public byte[] read(Payload payload) {
        return read(Wire.message(Wire.READ, out -> Wire.write(payload, out))).readBytes();
    }

    @Override
    public void readBarrier() {
        read(Wire.message(Wire.BARRIER, out -> {}));
    }

    @Override
    public void close() {
        beats.shutdownNow();
        leader.close();
        try {
            behind.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "DTX-7049 the network was closed with an error; nothing is lost.", e);
        }
    }

    private WireReader read(byte[] request) {
        return leader.ask(request, readMillis);
    }

    private void beat() {
        long session = alive;
        Listener told = listener;
        if (session == 0 || told == null) {
            return;
        }
        try {
            WireReader answer = leader.ask(Wire.message(Wire.HEARTBEAT, out -> out.writeLong(session)), beatMillis);
            boolean open = answer.readByte() == 1;
            boolean pending = answer.readByte() == 1;
            long present = answer.readFixedLong();
            leader.learn(Wire.list(answer, WireReader::readString));
            if (!open && alive == session) {
                told.sessionEnded(session);
            } else if (pending) {
                told.actionsPend();
            }
            if (census != present) {
                census = present;
                told.sessionsChanged();
            }
        } catch (CoordinatorUnavailableException e) {
            return; // nobody leads: the next beat asks again, and nobody ends a session meanwhile
        } catch (Throwable e) { // what leaves this method ends the timer
            LOG.log(System.Logger.Level.WARNING, "DTX-7047 a heartbeat failed; the next one follows.", e);
        }
    }
}
