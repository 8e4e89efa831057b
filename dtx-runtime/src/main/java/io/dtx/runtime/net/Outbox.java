package io.dtx.runtime.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out, in the order in which they were added, by any thread. Nothing leaves before {@link #open}. Frames
 * that are added while others are written leave together, in one flush.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which everybody notices
final class Outbox {

    private static final int BUFFER_BYTES = 64 << 10;

    private final EventLoop loop;
    private final Predicate<Frame> stillWanted;
    private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private @Nullable Channel channel;

    /**
     * Creates an outbox.
     *
     * @param stillWanted asked on the loop about each frame as it is written; others are dropped
     */
    Outbox(EventLoop loop, Predicate<Frame> stillWanted) {
        this.loop = loop;
        this.stillWanted = stillWanted;
    }

    /** Adds a frame; returns false if nobody will send it, because the network is closed. */
    boolean add(Frame frame) {
        bytes.addAndGet(frame.bytes());
        frames.add(frame);
        if (scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException e) {
                return false;
            }
        }
        return true;
    }

    /** Returns the bytes that are not handed to the channel yet. */
    long bytes() {
        return bytes.get();
    }

    /** Lets frames out. On the loop. */
    void open(Channel to) {
        channel = to;
        drain();
    }

    private void drain() {
        scheduled.set(false);
        if (channel == null) {
            return;
        }
        ByteBuf buffer = null;
        for (Frame each = frames.poll(); each != null; each = frames.poll()) {
            bytes.addAndGet(-each.bytes());
            if (stillWanted.test(each)) {
                if (buffer != null && buffer.writableBytes() < each.bytes()) {
                    channel.write(buffer, channel.voidPromise());
                    buffer = null;
                }
                if (buffer == null) {
                    buffer = channel.alloc().ioBuffer(Math.max(each.bytes(), roomFor(bytes.get() + each.bytes())));
                }
                each.encode(buffer);
            }
        }
        if (buffer != null) {
            channel.writeAndFlush(buffer, channel.voidPromise());
        } else {
            channel.flush();
        }
    }

    private static int roomFor(long waiting) {
        return (int) Math.min(BUFFER_BYTES, Math.max(waiting, 0));
    }
}
