package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import io.dtx.runtime.log.file.RecordBatch;
import io.dtx.runtime.log.file.RecordStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The records of consensus, in the member's directory. Any error halts the member inside the call: consensus goes on using a
 * log whose write has failed in some places. Changed by one thread, that of consensus for its disk; read by any. The last entry is
 * kept in memory, where consensus keeps only those that are not applied yet.
 */
final class EntryLog implements LogStorage {

    private static final int DURABLE_POLL_MILLIS = 50;

    private final RecordStore store;
    private final Gate gate;
    private final RecordBatch batch = new RecordBatch();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private List<LogEntry> configurations;
    private volatile @Nullable LogEntry last; // consensus asks for its term with each entry that it sends

    /**
     * Creates it over an open store.
     *
     * @param configurations the changes of members that the store has, in order
     */
    EntryLog(RecordStore store, List<LogEntry> configurations, Gate gate) {
        this.store = store;
        this.configurations = configurations;
        this.gate = gate;
    }

    @Override
    public boolean init(LogStorageOptions options) {
        ConfigurationManager known = options.getConfigurationManager();
        configurations.forEach(entry -> known.add(configuration(entry)));
        configurations = List.of();
        return true;
    }

    @Override
    public void shutdown() {
        signal();
    }

    @Override
    public long getFirstLogIndex() {
        return store.firstIndex();
    }

    @Override
    public long getLastLogIndex() {
        return store.lastIndex();
    }

    @Override
    public @Nullable LogEntry getEntry(long index) {
        try {
            if (index < 1 || index < store.firstIndex()) {
                return null;
            }
            LogEntry appended = last;
            if (appended != null && appended.getId().getIndex() == index) {
                return appended;
            }
            RecordStore.Stored record = store.record(index);
            return record == null ? null : RecordCodec.read(index, record.term(), record.body());
        } catch (IOException | RuntimeException | Error e) {
            gate.halt(e);
            return null;
        }
    }

    @Override
    @SuppressWarnings("deprecation") // still a part of what a log is
    public long getTerm(long index) {
        LogEntry entry = getEntry(index);
        return entry == null ? 0 : entry.getId().getTerm();
    }

    @Override
    public boolean appendEntry(LogEntry entry) {
        return appendEntries(List.of(entry)) == 1;
    }

    @Override
    public int appendEntries(List<LogEntry> entries) {
        ForceEvent event = new ForceEvent();
        event.begin();
        boolean done = change(() -> {
            requireNoGap(entries);
            batch.clear();
            for (LogEntry each : entries) {
                if (!RecordCodec.add(each, batch)) {
                    store.append(batch);
                    batch.clear();
                    RecordCodec.add(each, batch);
                }
            }
            store.append(batch);
            last = entries.get(entries.size() - 1);
        });
        event.records = entries.size();
        event.commit();
        signal();
        return done ? entries.size() : 0;
    }

    @Override
    public boolean truncatePrefix(long firstIndexKept) {
        return change(() -> store.beginAt(firstIndexKept));
    }

    @Override
    public boolean truncateSuffix(long lastIndexKept) {
        last = null;
        return change(() -> store.truncateAfter(lastIndexKept));
    }

    @Override
    public boolean reset(long nextLogIndex) {
        last = null;
        return change(() -> store.beginAt(nextLogIndex));
    }

    /**
     * Waits until an entry that is committed, and all before it, are on this member's own disk; false if that is not needed any
     * more. A record of another term is what a former leader said: it is still to be taken back, as may be those before it.
     */
    boolean awaitDurable(long index, long term, BooleanSupplier abandoned) throws IOException, InterruptedException {
        lock.lock();
        try {
            while (!isDurable(index, term)) {
                if (abandoned.getAsBoolean() || !gate.isOpen()) {
                    return false;
                }
                var unused = appended.await(DURABLE_POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What was dropped is in a snapshot already: nobody waits for it. */
    private boolean isDurable(long index, long term) throws IOException {
        if (store.lastIndex() < index || index < store.firstIndex()) {
            return store.lastIndex() >= index;
        }
        RecordStore.Stored record = store.record(index);
        return record != null && record.term() == term;
    }

    /** A wake-up that was lost inside of consensus would leave a hole; it must never reach the disk. */
    private void requireNoGap(List<LogEntry> entries) {
        long next = store.lastIndex() + 1;
        for (LogEntry each : entries) {
            if (each.getId().getIndex() != next++) {
                throw new IllegalStateException("DTX-5211 entry " + each.getId().getIndex() + " does not follow entry "
                        + (next - 2) + " of the log");
            }
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    /** False if it failed, or the member has halted before: consensus then stops, and can still be shut down. */
    private boolean change(Change change) {
        if (!gate.isOpen()) {
            return false;
        }
        try {
            change.make();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            gate.halt(e);
            return false;
        }
    }

    private void signal() {
        lock.lock();
        try {
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static ConfigurationEntry configuration(LogEntry entry) {
        Configuration old = entry.getOldPeers() == null
                ? new Configuration()
                : new Configuration(entry.getOldPeers(), entry.getOldLearners());
        return new ConfigurationEntry(
                entry.getId().copy(), new Configuration(entry.getPeers(), entry.getLearners()), old);
    }

    /** Collects the changes of members while the store is opened. */
    static final class Changes implements RecordStore.Visitor {

        private final List<LogEntry> found = new ArrayList<>();

        @Override
        public void record(long index, long term, ByteBuffer body) {
            if (!RecordCodec.isEntry(body)) {
                LogEntry entry = RecordCodec.read(index, term, body);
                if (entry.getPeers() != null) {
                    found.add(entry);
                }
            }
        }

        List<LogEntry> found() {
            return found;
        }
    }
}
