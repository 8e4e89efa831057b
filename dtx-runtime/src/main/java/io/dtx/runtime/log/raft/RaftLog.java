package io.dtx.runtime.log.raft;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.NotLeaderException;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.file.MemberDirectory;
import io.dtx.runtime.log.file.RecordBatch;
import io.dtx.runtime.log.file.RecordStore;
import io.dtx.runtime.net.Client;
import io.dtx.runtime.net.RequestHandler;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One member's part of a replicated log: what a majority of the members has on disk is committed. The leader appends; every
 * member drives its replica. A cluster of one needs neither socket nor other members.
 *
 * <p>A member's directory is made once: by {@link #createCluster}, {@link #createJoining} or {@link #adopt}. A member that has lost
 * it, or whose files are damaged, is replaced under a new id. Any error of its disk halts a member for good: it says nothing to
 * the others any more. Thread-safe.
 */
public final class RaftLog implements CoordinatorLog {

    private static final System.Logger LOG = System.getLogger(RaftLog.class.getName());

    private static final long PATIENCE_MILLIS = 10_000;

    private enum Phase {
        NEW,
        OPEN,
        FAILED,
        CLOSED
    }

    /** Opens the directory of a member. */
    interface Stores {
        RecordStore open(Path directory, long segmentBytes, RecordStore.Visitor visitor);
    }

    private final RaftSettings settings;
    private final @Nullable Transport transport;
    private final Stores stores;
    private final ReentrantLock lock = new ReentrantLock(); // may be held until consensus has ended
    private final ReentrantLock order = new ReentrantLock(); // stamps grow with the index; consensus may wait for it
    private final Gate gate = new Gate(this::halted);
    private final Proposals proposals = new Proposals();
    private volatile Phase phase = Phase.NEW;
    private volatile @Nullable RecordStore store;
    private volatile @Nullable Driven driven;
    private volatile @Nullable Consensus consensus;
    private final Watchdog watchdog;

    /** Names the log of the only member of a cluster; {@link #start} opens it. */
    public RaftLog(RaftSettings settings) {
        this(settings, (Transport) null);
    }

    /**
     * Names the log of one of several members.
     *
     * @param client calls the others; it is not closed with the log, and must not be closed before
     */
    public RaftLog(RaftSettings settings, Client client) {
        this(settings, new NetTransport(client));
    }

    RaftLog(RaftSettings settings, @Nullable Transport transport) {
        this(settings, transport, MemberDirectory::open);
    }

    RaftLog(RaftSettings settings, @Nullable Transport transport, Stores stores) {
        this.settings = settings;
        this.transport = transport;
        this.stores = stores;
        this.watchdog = new Watchdog(new Own(), Math.max(PATIENCE_MILLIS, 20L * settings.electionTimeoutMillis()));
    }

    /**
     * Makes the directory of one of the members that a new cluster begins with. Each of them is made with the same cluster and the
     * same members.
     *
     * @param cluster 64 random bits, chosen once for the cluster
     * @throws LogUnavailableException if the directory holds anything, or cannot be used
     */
    public static void createCluster(Path directory, long cluster, Member self, List<Member> members) {
        if (!members.contains(self)
                || members.stream().map(Member::id).distinct().count() != members.size()
                || members.stream().map(Member::address).distinct().count() != members.size()) {
            throw new IllegalArgumentException(
                    "DTX-5205 " + self + " must be one of the members, and each of them must have an"
                            + " id and an address of its own: " + members);
        }
        MemberDirectory.create(directory, cluster, self.toString(), RecordCodec.first(1, members));
    }

    /**
     * Makes the directory of a member that will be added to a cluster; until then it waits.
     *
     * @throws LogUnavailableException if the directory holds anything, or cannot be used
     */
    public static void createJoining(Path directory, long cluster, Member self) {
        MemberDirectory.create(directory, cluster, self.toString(), new RecordBatch());
    }

    /**
     * Makes the directory of an embedded log that of the first member of a cluster: everything in it stays, and the cluster has its
     * name. If it is interrupted, it is called again.
     *
     * @throws LogUnavailableException if it is not the directory of an embedded log, or is in use
     */
    public static void adopt(Path directory, Member self) {
        MemberDirectory.adopt(directory, self.toString(), term -> RecordCodec.first(term, List.of(self)));
    }

    /**
     * Returns what serves the other members: to be offered at this member's port as {@link io.dtx.runtime.net.Service#RAFT}, from
     * before {@link #start} until after {@link #close}.
     *
     * @throws IllegalStateException if this is the log of an only member
     */
    public RequestHandler requestHandler() {
        if (transport instanceof NetTransport port) {
            return port;
        }
        throw new IllegalStateException("DTX-5217 the only member of a cluster does not listen to others");
    }

    @Override
    public void start(Replica replica) {
        boolean halfOpen = false;
        lock.lock();
        try {
            if (phase != Phase.NEW) {
                throw new IllegalStateException("DTX-5006 the log was started before; make another object for it");
            }
            halfOpen = true;
            Driven drives = new Driven(replica);
            driven = drives;
            begin(drives, Applier.Position.START);
            phase = Phase.OPEN;
            if (!gate.isOpen()) { // since before that: whoever halts it later says so itself
                phase = Phase.FAILED;
                throw refused();
            }
            if (transport == null) {
                drives.firstLeads().join();
            } else {
                watchdog.begin();
            }
            halfOpen = false;
        } catch (CompletionException e) {
            throw refused();
        } finally {
            lock.unlock();
            if (halfOpen) {
                close();
            }
        }
    }

    private void begin(Driven drives, Applier.Position position) {
        long began = System.nanoTime();
        EntryLog.Changes changes = new EntryLog.Changes();
        RecordStore opened = stores.open(settings.directory(), settings.segmentBytes(), changes);
        store = opened;
        Consensus begun = Consensus.begin(settings, opened, changes.found(), drives, gate, transport, position);
        consensus = begun;
        LOG.log(
                INFO,
                "DTX-5200 member {0} of cluster {1} in {2}: {3} records from {4}, open after {5} ms",
                begun.self(),
                Long.toHexString(opened.cluster()),
                settings.directory().toAbsolutePath(),
                opened.lastIndex() - opened.firstIndex() + 1,
                opened.firstIndex(),
                (System.nanoTime() - began) / 1_000_000);
    }

    @Override
    public long cluster() {
        return opened().cluster();
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        Consensus to = consensus;
        if (phase != Phase.OPEN || to == null) {
            return CompletableFuture.failedFuture(refused());
        }
        order.lock();
        try {
            Applier.Leadership leadership = to.leadership();
            if (leadership.term() == 0) {
                return CompletableFuture.failedFuture(notLeader(to));
            }
            LogEntry draft = new LogEntry(
                    0, leadership.term(), leadership.clock().millis(), System.currentTimeMillis(), batches);
            ByteBuffer bytes = EntryCodec.encode(draft, 0);
            Proposal proposal = new Proposal(draft);
            if (!proposals.add(proposal)) {
                return CompletableFuture.failedFuture(refused());
            }
            to.propose(bytes, proposal, leadership.term());
            return proposal.index();
        } finally {
            order.unlock();
        }
    }

    @Override
    public long time() {
        Consensus from = consensus;
        return from == null ? 0 : from.time();
    }

    @Override
    public byte[] read(Payload payload) {
        RecordStore from = opened();
        Consensus applied = consensus;
        try {
            Bodies bodies =
                    new Bodies(from::lastIndex, from::read, applied == null ? index -> null : applied::inMemory);
            ByteBuffer body = payload.index() < 1 ? null : bodies.of(payload.index());
            if (body != null && RecordCodec.isEntry(body)) {
                return EntryCodec.payload(payload.ordinal(), body);
            }
            byte[] bytes = from.readSnapshot(payload);
            if (bytes != null) {
                return bytes;
            }
        } catch (IOException e) {
            throw new LogUnavailableException("DTX-5108 " + payload + " cannot be read from the log: " + e, e);
        }
        throw new IllegalArgumentException("DTX-5007 the log does not hold " + payload + ", or not any more");
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        Consensus from = consensus;
        return phase == Phase.OPEN && from != null ? from.readBarrier() : CompletableFuture.failedFuture(refused());
    }

    /** Returns the member that leads, as far as this one knows; null if it knows of none. */
    public @Nullable Member leader() {
        Consensus from = consensus;
        return from == null ? null : from.leader();
    }

    /** Returns this member. */
    public Member self() {
        return Member.parse(opened().member());
    }

    /** Returns the members, as far as this one has heard; none if it waits to be added. */
    public List<Member> members() {
        Consensus from = consensus;
        return from == null ? List.of() : from.members();
    }

    /** Changes the cluster; every change is made by its leader. */
    public Membership membership() {
        Consensus of = consensus;
        if (of == null) {
            throw refused();
        }
        return of.membership();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (phase == Phase.CLOSED) {
                return;
            }
            phase = Phase.CLOSED;
        } finally {
            lock.unlock();
        }
        Driven drives = driven;
        if (drives != null && drives.isCalling()) {
            GroupThreads.named("dtx-raft-close").newThread(this::closeAll).start(); // the caller is what this waits for
        } else {
            closeAll();
        }
    }

    /** Ends as the process would if it were killed: nothing is finished, and nobody hears of this member any more. */
    void kill() {
        var unused = gate.halt(new IllegalStateException("killed"));
        close();
    }

    private void closeAll() {
        watchdog.close();
        proposals.awaitNone(gate);
        Driven drives = driven;
        if (drives != null) {
            drives.end();
        }
        Consensus ending = consensus;
        if (ending != null) {
            ending.end();
        }
        proposals.end("the log was closed");
        RecordStore last = store;
        try {
            if (last != null && gate.isOpen()) {
                last.close();
            } else if (last != null) {
                last.abandon();
            }
        } catch (IOException e) {
            LOG.log(
                    ERROR,
                    "DTX-5109 the log in " + settings.directory().toAbsolutePath() + " was closed with an error",
                    e);
        }
    }

    /** Called inside of what failed, which may hold locks of consensus: the rest is done elsewhere. */
    private void halted(Throwable cause) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.FAILED;
        GroupThreads.named("dtx-raft-halt")
                .newThread(() -> {
                    LOG.log(
                            ERROR,
                            "DTX-5201 the member in " + settings.directory().toAbsolutePath()
                                    + " has halted for good: mend the cause, then start the process again",
                            cause);
                    proposals.end("the member has halted: " + cause);
                    Driven drives = driven;
                    if (drives != null) {
                        drives.failed(cause);
                    }
                    Consensus stopped = consensus;
                    if (stopped != null) {
                        stopped.stop();
                    }
                })
                .start();
    }

    /** What the watchdog looks at. */
    private final class Own implements Watchdog.Watched {

        @Override
        public boolean leadsMajority() {
            return consensus().leadsMajority();
        }

        @Override
        public long oldestProposalNanos() {
            return proposals.oldestNanos();
        }

        @Override
        public long applied() {
            return consensus().position().index();
        }

        @Override
        public Watchdog.Probe probe() {
            return consensus().probe();
        }

        @Override
        public void restart(String why) {
            restartConsensus(why);
        }

        private Consensus consensus() {
            Consensus present = consensus;
            if (present == null) {
                throw refused();
            }
            return present;
        }
    }

    /** Begins to take part anew, over the same directory; the replica goes on where it is. */
    void restartConsensus(String why) {
        lock.lock();
        try {
            Consensus stuck = consensus;
            RecordStore used = store;
            Driven drives = driven;
            if (phase != Phase.OPEN || stuck == null || used == null || drives == null) {
                return;
            }
            LOG.log(WARNING, "DTX-5219 member {0} is stuck and begins anew: {1}", stuck.self(), why);
            stuck.end();
            proposals.giveUp("the member has begun anew");
            used.close();
            begin(drives, stuck.position());
        } catch (IOException | RuntimeException | Error e) { // also for want of threads: it takes part no more
            var unused = gate.halt(e);
        } finally {
            lock.unlock();
        }
    }

    private RecordStore opened() {
        RecordStore from = store;
        if (from == null) {
            throw refused();
        }
        return from;
    }

    private static NotLeaderException notLeader(Consensus asked) {
        Member leader = asked.leader();
        return leader == null || leader.equals(asked.self())
                ? new NotLeaderException(
                        "DTX-5206 member " + asked.self() + " does not lead, and no leader is known at the moment",
                        null)
                : new NotLeaderException(
                        "DTX-5206 member " + asked.self() + " does not lead; " + leader + " does", leader.toString());
    }

    private LogUnavailableException refused() {
        return new LogUnavailableException(
                "DTX-5006 the log in " + settings.directory().toAbsolutePath() + " is "
                        + (phase == Phase.NEW
                                ? "not started"
                                : phase == Phase.CLOSED ? "closed" : "stopped after an error"),
                gate.cause());
    }
}
