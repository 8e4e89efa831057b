package io.dtx.runtime.log.raft;

import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.log.WireWriter;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A state that remembers where every finished step is, and a digest of all entries in their order; it compares the digest at every
 * index with what the other members, and its own earlier lives, had there. Thread-safe.
 */
final class AuditedReplica implements Replica {

    private final ConcurrentMap<Long, Long> digests;
    private final List<String> wrong;
    private final long keep;
    private final Map<Long, Payload> steps = new HashMap<>();
    private long lastIndex;
    private long lastTime;
    private long digest;
    private int restores;
    private boolean leads;
    private @Nullable Throwable failure;
    private int repeated;

    /**
     * Creates it.
     *
     * @param digests by index, shared by all members
     * @param wrong takes what the audit finds
     */
    AuditedReplica(ConcurrentMap<Long, Long> digests, List<String> wrong) {
        this(digests, wrong, Long.MAX_VALUE);
    }

    /** Creates one that forgets a step when that of so many numbers more comes. */
    AuditedReplica(ConcurrentMap<Long, Long> digests, List<String> wrong, long keep) {
        this.digests = digests;
        this.wrong = wrong;
        this.keep = keep;
    }

    @Override
    public synchronized void restore(Snapshot snapshot) {
        steps.clear();
        restores++;
        snapshot.items().forEach(item -> {
            WireReader in = new WireReader(ByteBuffer.wrap(item.bytes()));
            if (item.payloads().isEmpty()) {
                lastIndex = in.readLong();
                lastTime = in.readLong();
                digest = in.readFixedLong();
            } else {
                steps.put(in.readLong(), item.payloads().get(0));
            }
        });
        compare();
    }

    @Override
    public synchronized void onCommitted(LogEntry entry) {
        if (entry.index() != lastIndex + 1 || entry.time() < lastTime) {
            wrong.add(entry + " after " + lastIndex + " at " + lastTime);
        }
        lastIndex = entry.index();
        lastTime = entry.time();
        long hash = 31 * (31 * (31 * digest + entry.index()) + entry.time())
                + entry.batches().size();
        int ordinal = 0;
        for (SessionBatch batch : entry.batches()) {
            for (LogCommand command : batch.commands()) {
                if (command instanceof LogCommand.FinishStep finish) {
                    hash = 31 * (31 * hash + finish.step()) + Arrays.hashCode(finish.result());
                    Payload before = steps.putIfAbsent(finish.step(), new Payload(entry.index(), ordinal));
                    repeated += before == null ? 0 : 1;
                    steps.remove(finish.step() - keep);
                }
                ordinal++;
            }
        }
        digest = hash * 0x9E3779B97F4A7C15L;
        compare();
    }

    private void compare() {
        Long known = digests.putIfAbsent(lastIndex, digest);
        if (known != null && known != digest) {
            wrong.add("members differ at " + lastIndex);
        }
    }

    @Override
    public synchronized Snapshot snapshot() {
        List<Snapshot.Item> items = new ArrayList<>();
        steps.forEach(
                (step, payload) -> items.add(new Snapshot.Item(bytes(out -> out.writeLong(step)), List.of(payload))));
        long hash = digest;
        long index = lastIndex;
        long time = lastTime;
        items.add(new Snapshot.Item(
                bytes(out -> {
                    out.writeLong(index);
                    out.writeLong(time);
                    out.writeFixedLong(hash);
                }),
                List.of()));
        return items::stream;
    }

    @Override
    public synchronized void onLeader(long term) {
        leads = true;
    }

    @Override
    public synchronized void onFollower() {
        leads = false;
    }

    @Override
    public synchronized void onFailed(Throwable cause) {
        failure = cause;
        leads = false;
    }

    synchronized @Nullable Payload place(long step) {
        return steps.get(step);
    }

    synchronized Map<Long, Payload> steps() {
        return new HashMap<>(steps);
    }

    synchronized long lastIndex() {
        return lastIndex;
    }

    synchronized long digest() {
        return digest;
    }

    synchronized int restores() {
        return restores;
    }

    synchronized boolean leads() {
        return leads;
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    synchronized int repeated() {
        return repeated;
    }

    private static byte[] bytes(java.util.function.Consumer<WireWriter> write) {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        write.accept(new WireWriter(bytes));
        byte[] written = new byte[bytes.position()];
        bytes.flip().get(written);
        return written;
    }
}
