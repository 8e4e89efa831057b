package io.dtx.runtime.log;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A state that remembers the payload of every FinishStep under its step number, until a FinishCompensation of that number
 * forgets it; and checks on the way that entries come in order, one at a time.
 */
public class RecordingReplica implements Replica {

    private final TreeMap<Long, Payload> open = new TreeMap<>();
    private final List<Long> terms = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private long lastIndex;
    private long lastTime;
    private int restores;
    private int replayed;
    private @Nullable Throwable failure;

    @Override
    public void restore(Snapshot snapshot) {
        enter();
        open.clear();
        restores++;
        snapshot.items().forEach(item -> {
            WireReader in = new WireReader(ByteBuffer.wrap(item.bytes()));
            if (item.payloads().isEmpty()) {
                lastIndex = in.readLong();
                lastTime = in.readLong();
            } else {
                open.put(in.readLong(), item.payloads().get(0));
            }
        });
        inside.decrementAndGet();
    }

    @Override
    public void onCommitted(LogEntry entry) {
        enter();
        if (entry.index() != lastIndex + 1 || entry.time() < lastTime) {
            throw new AssertionError(entry + " after index " + lastIndex + ", time " + lastTime);
        }
        lastIndex = entry.index();
        lastTime = entry.time();
        replayed += terms.isEmpty() ? 1 : 0;
        int ordinal = 0;
        for (SessionBatch batch : entry.batches()) {
            for (LogCommand command : batch.commands()) {
                if (command instanceof LogCommand.FinishStep finish) {
                    open.put(finish.step(), new Payload(entry.index(), ordinal));
                } else if (command instanceof LogCommand.FinishCompensation finish) {
                    open.remove(finish.step());
                }
                ordinal++;
            }
        }
        inside.decrementAndGet();
    }

    @Override
    public Snapshot snapshot() {
        enter();
        List<Snapshot.Item> items = new ArrayList<>();
        open.forEach((step, payload) -> items.add(new Snapshot.Item(numbers(step), List.of(payload))));
        items.add(new Snapshot.Item(numbers(lastIndex, lastTime), List.of()));
        inside.decrementAndGet();
        return items::stream;
    }

    @Override
    public void onLeader(long term) {
        terms.add(term);
    }

    @Override
    public void onFollower() {
        throw new AssertionError("a log of one member has no other leader");
    }

    @Override
    public void onFailed(Throwable cause) {
        enter();
        failure = cause;
        inside.decrementAndGet();
    }

    public TreeMap<Long, Payload> open() {
        return open;
    }

    public long lastIndex() {
        return lastIndex;
    }

    public long lastTime() {
        return lastTime;
    }

    public int restores() {
        return restores;
    }

    /** Returns how many entries came before the log led. */
    public int replayed() {
        return replayed;
    }

    public List<Long> terms() {
        return terms;
    }

    public @Nullable Throwable failure() {
        return failure;
    }

    private void enter() {
        if (inside.getAndIncrement() != 0) {
            throw new AssertionError("two calls at a time");
        }
    }

    private static byte[] numbers(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 10);
        WireWriter out = new WireWriter(bytes);
        for (long value : values) {
            out.writeLong(value);
        }
        byte[] written = new byte[bytes.position()];
        bytes.flip().get(written);
        return written;
    }
}
