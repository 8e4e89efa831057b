package io.dtx.runtime.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Bytes to one {@link Hello}, then {@link Frame}s. Each is handed on before the next is looked at, so that nothing is parsed
 * behind a hello that is refused. After {@link #stop} or a violation whatever still comes is dropped. Keeps at most one
 * unfinished frame and what one read brought.
 */
final class WireDecoder extends ByteToMessageDecoder {

    private boolean greeted;
    private boolean stopped;
    private boolean waiting;
    private long waitingSince;
    private long lastRead = System.nanoTime();

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        lastRead = System.nanoTime();
        super.channelRead(context, bytes);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (stopped) {
            in.skipBytes(in.readableBytes());
            waiting = false;
            return;
        }
        try {
            boolean complete = greeted ? Frame.isComplete(in) : Hello.isComplete(in);
            if (complete) {
                out.add(greeted ? Frame.decode(in) : Hello.decode(in));
                greeted = true;
                waiting = false;
            } else if (!waiting) {
                waiting = true;
                waitingSince = System.nanoTime();
            }
        } catch (Violation e) {
            in.skipBytes(in.readableBytes());
            stop();
            throw e;
        }
    }

    /** Parses nothing any more. */
    void stop() {
        stopped = true;
        waiting = false;
    }

    /** Returns when bytes arrived last. */
    long lastReadNanos() {
        return lastRead;
    }

    /** Counts all waiting from now on. */
    void forgive(long now) {
        lastRead = now;
        waitingSince = now;
    }

    /** Returns for how long the frame that is being read has been incomplete; 0 between frames. */
    long waitedNanos(long now) {
        return waiting ? now - waitingSince : 0;
    }
}
