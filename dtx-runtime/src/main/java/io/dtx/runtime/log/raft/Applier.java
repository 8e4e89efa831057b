package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.log.LogClock;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.log.file.RecordStore;
import io.dtx.runtime.protocol.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * What consensus has committed, on its way to the replica. Called by consensus, by one thread at a time; nothing waits here, and
 * whatever is thrown halts the member.
 */
final class Applier extends StateMachineAdapter {

    private final Driven replica;
    private final RecordStore store;
    private final EntryLog entries;
    private final Gate gate;
    private final SnapshotTrigger trigger;
    private long lastWallClock;
    private volatile long applied;
    private volatile long lastTime;
    private volatile Leadership leadership = Leadership.NONE;
    private volatile List<Member> members;

    /**
     * Whether this member leads.
     *
     * @param term the term that it leads in; 0 if it does not
     * @param clock stamps entries
     */
    record Leadership(long term, LogClock clock) {
        static final Leadership NONE = new Leadership(0, new LogClock(0));
    }

    /**
     * What has reached the replica.
     *
     * @param index the last entry
     * @param time its stamp
     * @param wallClock the other one
     */
    record Position(long index, long time, long wallClock) {
        static final Position START = new Position(0, 0, 0);
    }

    /** Goes on from a position: what consensus applies up to there is known already. */
    Applier(
            Driven replica,
            RecordStore store,
            EntryLog entries,
            Gate gate,
            SnapshotTrigger trigger,
            Position position,
            List<Member> members) {
        this.members = members;
        this.applied = position.index();
        this.lastTime = position.time();
        this.lastWallClock = position.wallClock();
        this.replica = replica;
        this.store = store;
        this.entries = entries;
        this.gate = gate;
        this.trigger = trigger;
    }

    Leadership leadership() {
        return leadership;
    }

    /** The members, as far as this one has heard. */
    List<Member> members() {
        return members;
    }

    /** Where the replica is; final once consensus has ended. */
    Position position() {
        return new Position(applied, lastTime, lastWallClock);
    }

    /** What the next entry would be stamped with; stands still while this member does not lead. */
    long time() {
        Leadership now = leadership;
        return now.term() > 0 ? now.clock().millis() : lastTime;
    }

    @Override
    public void onApply(Iterator committed) {
        try {
            while (committed.hasNext()) {
                apply(committed);
                committed.next();
            }
        } catch (RuntimeException | Error e) {
            gate.halt(e);
            committed.setErrorAndRollback(1, new Status(RaftError.ESTATEMACHINE, String.valueOf(e)));
        }
    }

    private void apply(Iterator committed) {
        long index = committed.getIndex();
        if (index <= applied) {
            return; // by an earlier run of consensus in this process
        }
        fill(index - 1, committed.getTerm());
        ByteBuffer bytes = committed.getData().duplicate();
        Closure done = committed.done();
        LogEntry entry = done instanceof Proposal own
                ? own.entry(index, committed.getTerm())
                : EntryCodec.decode(index, committed.getTerm(), bytes.duplicate());
        applied = index;
        lastTime = entry.time();
        lastWallClock = entry.wallClock();
        if (done instanceof Proposal own) {
            CommitEvent event = new CommitEvent();
            event.index = index;
            event.replicated = own.ageNanos();
            event.begin();
            replica.committed(entry);
            event.commit();
            own.committed(index);
        } else {
            replica.committed(entry);
        }
        trigger.count(bytes.remaining());
    }

    /** What consensus keeps in the log for itself reaches the replica as entries that let no time pass: it sees every index. */
    private void fill(long until, long term) {
        for (long next = applied + 1; next <= until; next++) {
            applied = next;
            replica.committed(new LogEntry(next, term, lastTime, lastWallClock, List.of()));
        }
    }

    @Override
    public void onSnapshotSave(SnapshotWriter writer, Closure done) {
        try {
            SnapshotMeta meta = writer.getCurrentMeta();
            fill(meta.getLastIncludedIndex(), meta.getLastIncludedTerm());
            Snapshot view = replica.snapshot();
            long time = lastTime;
            trigger.inBackground(() -> write(view, meta, time, done));
        } catch (RuntimeException | Error e) {
            gate.halt(e);
            done.run(new Status(RaftError.ESTATEMACHINE, String.valueOf(e)));
        }
    }

    private void write(Snapshot view, SnapshotMeta meta, long time, Closure done) {
        Status status = new Status(RaftError.ECANCELED, "the member closes");
        try {
            long index = meta.getLastIncludedIndex();
            if (entries.awaitDurable(
                    index,
                    meta.getLastIncludedTerm(),
                    trigger::isAbandoned)) { // the others may have committed it before our disk has it
                trigger.written(store.writeSnapshot(view, index, time, meta.toByteArray(), trigger::isAbandoned));
                status = Status.OK();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            if (!trigger.isAbandoned()) {
                gate.halt(e);
                status = new Status(RaftError.EIO, String.valueOf(e));
            }
        }
        done.run(status);
    }

    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        try {
            RecordStore.SnapshotHeader header = Objects.requireNonNull(store.snapshot());
            if (header.index() <= applied) {
                return true; // by an earlier run of consensus in this process
            }
            store.restore(replica::restore);
            applied = header.index();
            lastTime = header.time();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            gate.halt(e);
            return false;
        }
    }

    @Override
    public void onConfigurationCommitted(Configuration committed) {
        if (!committed.isEmpty()) { // the snapshot of an embedded log names none
            members = committed.listPeers().stream().map(Member::of).toList();
        }
    }

    @Override
    public void onLeaderStart(long term) {
        leadership = new Leadership(term, new LogClock(lastTime));
        replica.leads(term);
    }

    @Override
    public void onLeaderStop(Status status) {
        leadership = Leadership.NONE;
        replica.follows();
    }

    @Override
    public void onError(RaftException e) {
        gate.halt(e);
    }

    @Override
    public void onShutdown() {
        leadership = Leadership.NONE;
    }
}
