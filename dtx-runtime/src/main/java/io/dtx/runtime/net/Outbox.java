package io.dtx.runtime.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out, in the order in which they were added, by any thread. Nothing leaves before {@link #open}, nor while
 * the channel has as much as it should. Frames that are added while others are written leave together, in one flush.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which everybody notices
final class Outbox {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int ENCRYPTED = 4; // counted before and after, and there are heads

    private final EventLoop loop;
    private final Predicate<Frame> stillWanted;
    private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private @Nullable Channel channel;
    private boolean draining;

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
        return add(frame, false);
    }

    /** As {@link #add}; writes it, too, if the loop just waits. For threads of ours: the network keeps things with those that write. */
    boolean addAndWrite(Frame frame) {
        return add(frame, true);
    }

    private boolean add(Frame frame, boolean here) {
        bytes.addAndGet(frame.bytes());
        frames.add(frame);
        if (scheduled.compareAndSet(false, true)) {
            try {
                if (!(here && loop instanceof LendingLoop lending && lending.borrow(this::drainHere))) {
                    loop.execute(this::drain);
                }
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

    /** Writes as long as the channel takes it: called again when it is writable again. On the loop. */
    void drain() {
        scheduled.set(false);
        drain(Long.MAX_VALUE);
    }

    private void drain(long atLeast) {
        Channel to = channel;
        if (to == null || draining) {
            return;
        }
        draining = true;
        try {
            long left = atLeast;
            while (left > 0 && !frames.isEmpty() && to.isWritable()) {
                while (left > 0 && !frames.isEmpty() && to.isWritable()) {
                    left -= writeSome(to);
                }
                to.flush(); // which may make it writable again
            }
        } finally {
            draining = false;
        }
    }

    /**
     * Drains in the loop's place what is there now: whoever adds more has it written. False if something is left to the loop, as
     * what is too much for the channel now.
     */
    private boolean drainHere() {
        Channel to = channel;
        if (to == null || draining || to.bytesBeforeUnwritable() < ENCRYPTED * bytes.get()) {
            return false;
        }
        scheduled.set(false);
        drain(bytes.get()); // read afterwards: it has those who did not ask because this was scheduled
        ChannelOutboundBuffer unsent = to.unsafe().outboundBuffer();
        return unsent != null && unsent.isEmpty();
    }

    /** Writes frames that leave together; returns their bytes. */
    private long writeSome(Channel to) {
        long taken = 0;
        ByteBuf buffer = null;
        for (Frame each = frames.peek(); each != null; each = frames.peek()) {
            if (buffer != null && buffer.writableBytes() < each.bytes()) {
                break;
            }
            frames.remove();
            taken += each.bytes();
            long waiting = bytes.getAndAdd(-each.bytes());
            if (stillWanted.test(each)) {
                if (buffer == null) {
                    buffer = to.alloc().ioBuffer(Math.max(each.bytes(), (int) Math.min(BUFFER_BYTES, waiting)));
                }
                each.encode(buffer);
            }
        }
        if (buffer != null) {
            to.write(buffer, to.voidPromise());
        }
        return taken;
    }
}
