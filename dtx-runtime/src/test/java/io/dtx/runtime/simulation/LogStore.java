package io.dtx.runtime.simulation;

import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.LogWitness;
import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a log has on disk: it survives every process. Each change is whole: there is no point within. */
final class LogStore {

    final long cluster;
    private final Kernel kernel;
    private final LogWitness witness;
    private final List<Stored> entries = new ArrayList<>();
    private final Map<Long, Long> lastNumbers = new HashMap<>(); // by session
    private Map<Payload, byte[]> keptPayloads = Map.of();
    private List<Snapshot.Item> keptItems = List.of();
    private long snapshotIndex;
    private long lastTime;
    private long term;

    private record Stored(long term, byte[] bytes) {}

    /**
     * Is empty.
     *
     * @param limits those of everybody who applies it
     */
    LogStore(long cluster, Kernel kernel, Limits limits) {
        this.cluster = cluster;
        this.kernel = kernel;
        this.witness = new LogWitness(limits, kernel::complain);
    }

    LogWitness witness() {
        return witness;
    }

    long lastIndex() {
        return snapshotIndex + entries.size();
    }

    long lastTime() {
        return lastTime;
    }

    long nextTerm() {
        return ++term;
    }

    void add(LogEntry entry) {
        ByteBuffer buffer = EntryCodec.encode(entry, 0, ByteBuffer.allocate(1024));
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        entries.add(new Stored(entry.term(), bytes));
        if (entry.time() < lastTime) {
            kernel.complain("log time runs backwards, from " + lastTime + " to " + entry.time());
        }
        lastTime = entry.time();
        kernel.unseen(() -> witness.see(entry));
        for (SessionBatch each : entry.batches()) {
            long last = each.first() + each.commands().size() - 1;
            Long before = lastNumbers.put(each.session(), last);
            if (each.session() != 0 && before != null && each.first() <= before) {
                Kernel.reached("sent again and logged twice");
            }
        }
    }

    LogEntry entry(long index) {
        Stored stored = entries.get(Math.toIntExact(index - snapshotIndex - 1));
        return EntryCodec.decode(index, stored.term(), ByteBuffer.wrap(stored.bytes()));
    }

    /** Restores a state, and replays what has come since. */
    void replay(Replica replica) {
        if (snapshotIndex > 0) {
            long unused = restore(replica);
        }
        long last = lastIndex();
        for (long index = snapshotIndex + 1; index <= last; index++) {
            replica.onCommitted(entry(index));
        }
    }

    byte[] read(Payload payload) {
        byte[] kept = keptPayloads.get(payload);
        if (kept != null) {
            return kept.clone();
        }
        int place = Math.toIntExact(payload.index() - snapshotIndex - 1);
        if (place < 0 || place >= entries.size()) {
            throw new IllegalArgumentException("the log does not hold " + payload);
        }
        return EntryCodec.payload(
                payload.ordinal(), ByteBuffer.wrap(entries.get(place).bytes()));
    }

    /** Replaces the entries up to one, which the replica has applied, by a snapshot of it. */
    void snapshot(Replica replica, long index) {
        List<Snapshot.Item> items = replica.snapshot().items().toList();
        Map<Payload, byte[]> payloads = new HashMap<>();
        for (Snapshot.Item item : items) {
            for (Payload payload : item.payloads()) {
                payloads.computeIfAbsent(payload, this::read);
            }
        }
        if (index > snapshotIndex) { // else another member was faster
            entries.subList(0, Math.toIntExact(index - snapshotIndex)).clear();
            keptPayloads = payloads;
            keptItems = items;
            snapshotIndex = index;
            Kernel.reached("snapshot taken");
        }
    }

    long snapshotIndex() {
        return snapshotIndex;
    }

    /** Restores a state from the snapshot, and returns the last entry that it holds. */
    long restore(Replica replica) {
        List<Snapshot.Item> items = keptItems;
        long index = snapshotIndex;
        replica.restore(items::stream);
        Kernel.reached("snapshot restored");
        return index;
    }
}
