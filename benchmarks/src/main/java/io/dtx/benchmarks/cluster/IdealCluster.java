package io.dtx.benchmarks.cluster;

import io.dtx.benchmarks.log.AppendLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The driver's end of an ideal log with two followers, in three processes. What callers append while one frame is being sent is
 * the next frame, sent by the caller who finds nobody sending.
 */
public final class IdealCluster implements AppendLog {

    private static final int FRAME_BYTES_MAX = 1 << 20;

    private final Processes processes = new Processes();
    private final Framed leader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Append> queue = new ArrayDeque<>();
    private final Deque<Append[]> sent = new ArrayDeque<>();
    private final ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES_MAX);
    private boolean sending;
    private final AtomicLong forces = new AtomicLong();
    private volatile @Nullable IOException failure;

    /** Starts its processes, with their files in the directory. */
    public IdealCluster(Path directory) throws IOException {
        try {
            int one = processes.start(
                    IdealFollower.class, directory.resolve("follower-1").toString());
            int other = processes.start(
                    IdealFollower.class, directory.resolve("follower-2").toString());
            leader = Framed.to(processes.start(
                    IdealLeader.class,
                    directory.resolve("leader").toString(),
                    String.valueOf(one),
                    String.valueOf(other)));
        } catch (IOException e) {
            processes.close();
            throw e;
        }
        Thread receiving = new Thread(this::receive, "ideal-receiver");
        receiving.setDaemon(true);
        receiving.start();
    }

    @Override
    public long foreignCpuNanos() {
        return processes.cpuNanos();
    }

    @Override
    public void append(byte[] record) throws IOException {
        Append mine = new Append(record);
        boolean mineToSend;
        lock.lock();
        try {
            queue.add(mine);
            mineToSend = !sending;
            sending = true;
        } finally {
            lock.unlock();
        }
        if (mineToSend) {
            send();
        }
        while (!mine.done && failure == null) {
            LockSupport.park(this);
        }
        IOException cause = failure;
        if (cause != null) {
            throw new IOException("the ideal log has stopped", cause);
        }
    }

    private void send() throws IOException {
        while (true) {
            Append[] next;
            lock.lock();
            try {
                sending = !queue.isEmpty();
                if (!sending) {
                    return;
                }
                next = queue.toArray(Append[]::new);
                queue.clear();
                sent.add(next);
            } finally {
                lock.unlock();
            }
            frame.clear();
            for (Append each : next) {
                frame.putInt(each.record.length).put(each.record);
            }
            leader.write(frame.array(), frame.position());
        }
    }

    private void receive() {
        try {
            while (true) {
                long frames = leader.readNumber();
                forces.incrementAndGet();
                for (long i = 0; i < frames; i++) {
                    complete();
                }
            }
        } catch (IOException e) {
            failure = e;
            lock.lock();
            try {
                sent.forEach(IdealCluster::wake);
            } finally {
                lock.unlock();
            }
        }
    }

    private void complete() {
        Append[] first;
        lock.lock();
        try {
            first = sent.remove();
        } finally {
            lock.unlock();
        }
        for (Append each : first) {
            each.done = true;
        }
        wake(first);
    }

    private static void wake(Append[] all) {
        for (Append each : all) {
            LockSupport.unpark(each.thread);
        }
    }

    @Override
    public long forces() {
        return forces.get();
    }

    @Override
    public void close() throws IOException {
        leader.close();
        processes.close();
    }

    /** A record on its way. */
    private static final class Append {

        final byte[] record;
        final Thread thread = Thread.currentThread();
        volatile boolean done;

        Append(byte[] record) {
            this.record = record;
        }
    }
}
