package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.RaftServiceFactory;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.entity.UserLog;
import com.alipay.sofa.jraft.error.LogIndexOutOfBoundsException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.file.RecordStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The library's node of a member, from its begin to its end, and everything that the member puts under it. Thread-safe. */
final class Consensus {

    private static final System.Logger LOG = System.getLogger(Consensus.class.getName());
    private static final long END_SECONDS = 20;

    private final Member self;
    private final String group;
    private final Applier applier;
    private final SnapshotTrigger trigger;
    private final Dispatcher dispatcher;
    private final @Nullable Transport transport;
    private final int electionTimeoutMillis;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Node node;

    private Consensus(
            RaftSettings settings,
            RecordStore store,
            List<LogEntry> changes,
            Driven driven,
            Gate gate,
            @Nullable Transport transport,
            Applier.Position position,
            List<Member> members) {
        this.self = Member.parse(store.member());
        this.group = "dtx-" + Long.toHexString(store.cluster());
        this.transport = transport;
        this.electionTimeoutMillis = settings.electionTimeoutMillis();
        this.trigger = new SnapshotTrigger(settings.snapshotBytes(), this::takeSnapshot);
        this.dispatcher = new Dispatcher(gate, store::term);
        EntryLog entries = new EntryLog(store, changes, gate);
        this.applier = new Applier(driven, store, entries, gate, trigger, position, members);
        StoreFactory factory =
                new StoreFactory(entries, new Ballots(store, gate), new SnapshotDirectory(store, self, gate));
        MemberOptions options = new MemberOptions(settings, factory, applier, new Outbound(transport, gate));
        GroupThreads.register(group);
        this.node = begin(options, gate, settings.directory());
        if (transport != null) {
            transport.serve(dispatcher);
        }
    }

    private Node begin(MemberOptions options, Gate gate, Path directory) {
        NodeManager.getInstance().addAddress(self.peer().getEndpoint());
        try {
            return RaftServiceFactory.createAndInitRaftNode(group, self.peer(), options);
        } catch (RuntimeException | Error e) {
            NodeManager.getInstance().removeAddress(self.peer().getEndpoint());
            dispatcher.close();
            Throwable halted = gate.cause(); // the library knows only that something went wrong
            Throwable cause = halted == null ? e : halted;
            throw new LogUnavailableException(
                    "DTX-5209 member " + self + " in " + directory.toAbsolutePath() + " could not begin to take part: "
                            + cause,
                    cause);
        }
    }

    /**
     * Begins.
     *
     * @param changes the changes of members in the store
     * @param position what has reached the replica before, in this process
     */
    static Consensus begin(
            RaftSettings settings,
            RecordStore store,
            List<LogEntry> changes,
            Driven driven,
            Gate gate,
            @Nullable Transport transport,
            Applier.Position position) {
        List<Member> members = KnownMembers.of(store, changes);
        Member self = Member.parse(store.member());
        if (transport == null && !members.equals(List.of(self))) {
            throw new LogUnavailableException(
                    "DTX-5217 member " + self + " belongs to a cluster of " + members
                            + " and has to listen to the others",
                    null);
        }
        return new Consensus(settings, store, changes, driven, gate, transport, position, members);
    }

    Member self() {
        return self;
    }

    Applier.Leadership leadership() {
        return applier.leadership();
    }

    long time() {
        return applier.time();
    }

    /** Proposes an entry; in any term but this one it is refused. */
    void propose(ByteBuffer bytes, Proposal proposal, long term) {
        try {
            node().apply(new Task(bytes, proposal, term));
        } catch (RuntimeException e) { // the node is going down: it may have taken it before
            proposal.unknown(String.valueOf(e));
        }
    }

    Applier.Position position() {
        return applier.position();
    }

    /** Whether this member leads and a majority of the members has answered it lately. */
    boolean leadsMajority() {
        try {
            return leadership().term() > 0
                    && node().listAlivePeers().size() > node().listPeers().size() / 2;
        } catch (IllegalStateException e) { // it has just lost the leadership
            return false;
        }
    }

    /** Asks the leader what is committed; the answer counts once that has reached the replica, or has not in time. */
    BarrierProbe probe() {
        BarrierProbe probe = new BarrierProbe(4L * electionTimeoutMillis);
        if (leader() == null) {
            probe.nobodyToAsk();
        } else {
            node().readIndex(new byte[0], probe);
        }
        return probe;
    }

    CompletableFuture<Void> readBarrier() {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        node().readIndex(new byte[0], new ReadIndexClosure(4L * electionTimeoutMillis) {
            @Override
            public void run(Status status, long index, byte[] context) {
                if (status.isOk()) {
                    passed.complete(null);
                } else {
                    passed.completeExceptionally(new LogUnavailableException(
                            "DTX-5207 no majority of the members has confirmed what is committed: " + status, null));
                }
            }
        });
        return passed;
    }

    /** Returns an applied entry that the disk may not have yet; null if it is not in memory. */
    @Nullable
    ByteBuffer inMemory(long index) {
        try {
            UserLog found = node().readCommittedUserLog(index);
            return found.getIndex() == index ? found.getData().duplicate() : null;
        } catch (LogIndexOutOfBoundsException | IllegalStateException e) {
            return null;
        }
    }

    @Nullable
    Member leader() {
        Node asked = node;
        PeerId leader = asked == null ? null : asked.getLeaderId();
        return leader == null || leader.isEmpty() ? null : Member.of(leader);
    }

    /** Returns the members, as far as this one has heard. */
    List<Member> members() {
        return applier.members();
    }

    Membership membership() {
        return new Membership(node(), self);
    }

    /** Stops taking part, without waiting. */
    void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        trigger.abandon();
        if (transport != null) {
            transport.stopServing();
        }
        // First: whoever waits for the end may begin anew at once, at the same address.
        NodeManager.getInstance().removeAddress(self.peer().getEndpoint());
        node().shutdown(status -> stopped.countDown());
    }

    /** Stops taking part, and waits until nothing uses the store any more. */
    void end() {
        stop();
        boolean interrupted = Thread.interrupted();
        try {
            if (!stopped.await(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "DTX-5208 member {0} takes long to stop", self);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        dispatcher.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeSnapshot() {
        GroupThreads.run(group, () -> {
            Node of = node;
            if (of == null) {
                trigger.ended(); // the log is being read: the next one is taken later
                return;
            }
            of.snapshot(status -> {
                trigger.ended();
                if (!status.isOk()) {
                    LOG.log(System.Logger.Level.DEBUG, "no snapshot this time: {0}", status);
                }
            });
        });
    }

    private Node node() {
        Node present = node;
        if (present == null) {
            throw new IllegalStateException("DTX-5006 the log is not started");
        }
        return present;
    }
}
