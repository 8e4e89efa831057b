package io.dtx.runtime.log;

import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log that is durable as long as the object: for tests. It keeps the contract of the durable ones, also their bytes: entries
 * are encoded, replayed from the encoded form when it is started again after {@link #close()}, and left behind by snapshots.
 * Thread-safe as the port asks.
 */
public final class MemoryLog implements CoordinatorLog {

    private static final long SNAPSHOT_BYTES = 16 << 20;

    private final long cluster = new SecureRandom().nextLong();
    private final long snapshotBytes;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Stored> entries = new ArrayList<>();
    private final Map<Payload, byte[]> keptPayloads = new HashMap<>();
    private List<Snapshot.Item> keptItems = List.of();
    private long snapshotIndex;
    private long snapshotTime;
    private long bytesSinceSnapshot;
    private long term;
    private volatile LogClock clock;
    private @Nullable Replica replica;

    /** Creates an empty log of a new cluster. */
    public MemoryLog() {
        this(SNAPSHOT_BYTES);
    }

    /** Creates an empty log that takes a snapshot whenever so many bytes of entries have come together. */
    public MemoryLog(long snapshotBytes) {
        this(snapshotBytes, System::nanoTime);
    }

    /** Creates an empty log whose time passes by this monotonic clock, in nanoseconds. */
    public MemoryLog(LongSupplier nanos) {
        this(SNAPSHOT_BYTES, nanos);
    }

    private MemoryLog(long snapshotBytes, LongSupplier nanos) {
        this.snapshotBytes = snapshotBytes;
        this.nanos = nanos;
        this.clock = new LogClock(0, nanos);
    }

    @Override
    public void start(Replica replica) {
        lock.lock();
        try {
            if (this.replica != null) {
                throw new IllegalStateException("DTX-5006 the log is started already; close it first");
            }
            if (snapshotIndex > 0) {
                List<Snapshot.Item> items = keptItems;
                replica.restore(items::stream);
            }
            long time = snapshotTime;
            for (int i = 0; i < entries.size(); i++) {
                Stored stored = entries.get(i);
                LogEntry entry =
                        EntryCodec.decode(snapshotIndex + 1 + i, stored.term(), ByteBuffer.wrap(stored.bytes()));
                time = entry.time();
                replica.onCommitted(entry);
            }
            clock = new LogClock(time, nanos);
            this.replica = replica;
            replica.onLeader(++term);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long cluster() {
        return cluster;
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        lock.lock();
        try {
            Replica driven = replica;
            if (driven == null) {
                return CompletableFuture.failedFuture(closed());
            }
            long index = snapshotIndex + entries.size() + 1;
            LogEntry entry = new LogEntry(index, term, clock.millis(), System.currentTimeMillis(), batches);
            ByteBuffer buffer = EntryCodec.encode(entry, 0);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            entries.add(new Stored(term, bytes));
            driven.onCommitted(entry);
            bytesSinceSnapshot += bytes.length;
            if (bytesSinceSnapshot >= snapshotBytes) {
                takeSnapshot(driven, entry);
            }
            return CompletableFuture.completedFuture(index);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long time() {
        return clock.millis();
    }

    @Override
    public byte[] read(Payload payload) {
        lock.lock();
        try {
            byte[] kept = keptPayloads.get(payload);
            if (kept != null) {
                return kept.clone();
            }
            long place = payload.index() - snapshotIndex - 1;
            if (place < 0 || place >= entries.size()) {
                throw new IllegalArgumentException("DTX-5007 the log does not hold " + payload);
            }
            return EntryCodec.payload(
                    payload.ordinal(), ByteBuffer.wrap(entries.get((int) place).bytes()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        lock.lock();
        try {
            return replica == null ? CompletableFuture.failedFuture(closed()) : CompletableFuture.completedFuture(null);
        } finally {
            lock.unlock();
        }
    }

    /** Ends this use of the log. What it holds stays, and {@link #start} goes on from there. */
    @Override
    public void close() {
        lock.lock();
        try {
            replica = null;
        } finally {
            lock.unlock();
        }
    }

    private void takeSnapshot(Replica driven, LogEntry last) {
        List<Snapshot.Item> items = driven.snapshot().items().toList();
        Map<Payload, byte[]> payloads = new HashMap<>();
        for (Snapshot.Item item : items) {
            for (Payload payload : item.payloads()) {
                payloads.computeIfAbsent(payload, this::read);
            }
        }
        keptPayloads.clear();
        keptPayloads.putAll(payloads);
        keptItems = items;
        snapshotIndex = last.index();
        snapshotTime = last.time();
        bytesSinceSnapshot = 0;
        entries.clear();
    }

    private record Stored(long term, byte[] bytes) {}

    private static LogUnavailableException closed() {
        return new LogUnavailableException("DTX-5006 the log is not started, or closed", null);
    }
}
