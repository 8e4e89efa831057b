package io.dtx.benchmarks.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The least that a durable log with awaited appends can do: what callers append while one batch is being forced is the next
 * batch, which is one checksum, one write, one force. No state, no session, no snapshot, no segments: a ring in one
 * preallocated file. The caller whose append finds nothing in flight leads; a leader that leaves work behind wakes one of those
 * who wait for it to lead next, then the others of its own batch.
 */
final class IdealLog implements AppendLog {

    private static final int HEADER = 4 + 4 + 8; // bytes, checksum of the rest, batch number
    private static final int BATCH_BYTES_MAX = 1 << 20;

    private final BatchFile file;
    private final AtomicReference<@Nullable Append> queue = new AtomicReference<>();
    private final AtomicBoolean inFlight = new AtomicBoolean();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BATCH_BYTES_MAX);
    private final CRC32C checksum = new CRC32C();
    private long batches;
    private volatile @Nullable Throwable failure;

    IdealLog(Path file, long fileBytes) throws IOException {
        this.file = new BatchFile(file, fileBytes);
    }

    @Override
    public void append(byte[] record) {
        Append mine = new Append(record);
        Append head;
        do {
            head = queue.get();
            mine.next = head;
        } while (!queue.compareAndSet(head, mine));
        if (inFlight.compareAndSet(false, true)) {
            lead(mine);
        } else {
            while (!mine.done) {
                LockSupport.park(this);
                if (mine.leads) {
                    lead(mine);
                }
            }
        }
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the log has stopped", cause);
        }
    }

    /** Writes what is queued, with the leader's own append among it, unless an earlier leader has taken that. */
    private void lead(Append mine) {
        Append batch = queue.getAndSet(null);
        try {
            write(batch);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        mine.done = true;
        passOn();
        for (Append each = batch; each != null; each = each.next) {
            if (each != mine) {
                each.done = true;
                LockSupport.unpark(each.thread);
            }
        }
    }

    private void passOn() {
        Append waiting = queue.get();
        if (waiting == null) {
            inFlight.set(false);
            waiting = queue.get();
            if (waiting == null || !inFlight.compareAndSet(false, true)) {
                return;
            }
            waiting = queue.get(); // only who holds the flight takes from the queue
        }
        if (waiting == null) {
            throw new IllegalStateException("the queue was emptied by somebody else");
        }
        waiting.leads = true;
        LockSupport.unpark(waiting.thread);
    }

    private void write(@Nullable Append batch) throws IOException {
        if (batch == null) {
            return; // an earlier leader has taken the leader's own
        }
        buffer.clear().position(HEADER);
        for (Append each = batch; each != null; each = each.next) {
            buffer.putInt(each.record.length).put(each.record);
        }
        buffer.flip();
        buffer.putInt(0, buffer.limit()).putLong(8, ++batches);
        checksum.reset();
        checksum.update(buffer.position(8));
        buffer.putInt(4, (int) checksum.getValue()).position(0);
        file.append(buffer);
    }

    @Override
    public long forces() {
        return batches;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** A record that waits to be written, newest first. */
    private static final class Append {

        final byte[] record;
        final Thread thread = Thread.currentThread();

        @Nullable
        Append next;

        volatile boolean leads;
        volatile boolean done;

        Append(byte[] record) {
            this.record = record;
        }
    }
}
