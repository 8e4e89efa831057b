package io.dtx.runtime.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection: TLS, then hello, then frames, with time limits for each and signs of life in between. Its methods run
 * on the channel's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // writes and closes that fail end in channelInactive, too
abstract class Link extends ChannelInboundHandlerAdapter {

    private static final long FAREWELL_MILLIS = 250;
    private static final long CLOCKS_APART_MILLIS = 5_000;

    final Network network;
    final WireDecoder decoder = new WireDecoder();
    final Outbox outbox;

    private @Nullable Channel channel;
    private @Nullable Future<?> timer;
    private @Nullable PeerIdentity peer;
    private boolean greeted;
    private boolean dropped;
    private final int tickMillis;
    private long lastTick;
    private long blockedSince;

    /**
     * Creates an end.
     *
     * @param stillWanted asked on the loop about each frame before it is written
     */
    Link(Network network, EventLoop loop, Predicate<Frame> stillWanted) {
        this.network = network;
        this.outbox = new Outbox(loop, stillWanted);
        int shortest = Math.min(limit(NetLimit.FRAME_MILLIS), limit(NetLimit.SLOW_READER_MILLIS));
        this.tickMillis = Math.min(limit(NetLimit.SILENCE_MILLIS), shortest) / 4 + 1;
    }

    /** TLS is up, or there is none: {@code peer} is null then. */
    abstract void secured(Channel on, @Nullable PeerIdentity peer);

    /** The other end has introduced itself; throws a {@link Violation} if it is not welcome. */
    abstract void hello(Channel on, Hello hello);

    /** Says so when the clock of a member is far from that of this process. */
    final void compareClocks(Hello hello, String with) {
        long ahead = hello.clockAheadMillis().orElse(0);
        if (Math.abs(ahead) >= CLOCKS_APART_MILLIS) {
            network.complaints()
                    .about(
                            with,
                            new Refusal(
                                    5338,
                                    "its clock is " + Math.abs(ahead) / 1_000 + " s "
                                            + (ahead > 0 ? "ahead of" : "behind")
                                            + " ours; nothing is decided by it, but certificates end, and people read, by"
                                            + " clocks: set both"));
        }
    }

    /** A frame of another kind than PING, PONG and GOODBYE. */
    abstract void frame(Frame frame);

    /** Puts a frame into the outbox. */
    abstract void send(Frame frame);

    /** The connection is to be closed for this reason. */
    abstract void dropping(Refusal reason, boolean ours);

    /** The connection is gone. */
    abstract void closed();

    /** Writes what the other end can still be told. */
    abstract void farewell(Channel to, Refusal reason);

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        int millis = limit(NetLimit.HANDSHAKE_MILLIS);
        timer = channel.eventLoop()
                .schedule(
                        () -> drop(new Refusal(5317, "no hello within " + millis + " ms"), true),
                        millis,
                        TimeUnit.MILLISECONDS);
        if (channel.pipeline().get(SslHandler.class) == null) {
            secured(channel, null);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                guarded(() -> {
                    SslHandler tls = context.pipeline().get(SslHandler.class);
                    peer = PeerIdentity.of(tls.engine().getSession());
                    secured(context.channel(), peer);
                });
            } else {
                failed(handshake.cause());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (dropped) {
            return;
        }
        guarded(() -> {
            if (message instanceof Hello hello) {
                hello(context.channel(), hello);
            } else {
                read((Frame) message);
            }
        });
    }

    private void read(Frame frame) {
        switch (frame.kind()) {
            case PING -> send(Frame.pong(frame.id()));
            case PONG -> {} // that bytes arrived is all that matters
            case GOODBYE -> drop(Refusal.decode(frame.payload()), false);
            default -> frame(frame);
        }
    }

    /** From now on the connection must show signs of life. */
    final void greeted(Channel on) {
        greeted = true;
        cancelTimer();
        lastTick = System.nanoTime();
        scheduleTick(on);
    }

    final boolean isGreeted() {
        return greeted && !dropped;
    }

    private void scheduleTick(Channel on) {
        timer = on.eventLoop().schedule(() -> tick(on), tickMillis, TimeUnit.MILLISECONDS);
    }

    private void tick(Channel on) {
        long now = System.nanoTime();
        boolean late = now - lastTick > 3 * TimeUnit.MILLISECONDS.toNanos(tickMillis);
        lastTick = now;
        if (late) { // this process stood still: what arrived meanwhile has not been read yet
            decoder.forgive(now);
            blockedSince = now;
        } else {
            judge(on, now);
        }
        if (!dropped) {
            scheduleTick(on);
        }
    }

    private void judge(Channel on, long now) {
        long silence = now - decoder.lastReadNanos();
        if (!on.isWritable() && now - blockedSince > nanos(NetLimit.SLOW_READER_MILLIS)) {
            drop(
                    new Refusal(
                            5326, "it has not taken what was sent for " + limit(NetLimit.SLOW_READER_MILLIS) + " ms"),
                    true);
        } else if (on.config().isAutoRead() && silence > nanos(NetLimit.SILENCE_MILLIS)) {
            drop(new Refusal(5325, "not a sign of life for " + limit(NetLimit.SILENCE_MILLIS) + " ms"), true);
        } else if (decoder.waitedNanos(now) > nanos(NetLimit.FRAME_MILLIS)) {
            drop(new Refusal(5327, "a frame was not complete after " + limit(NetLimit.FRAME_MILLIS) + " ms"), true);
        } else if (silence > nanos(NetLimit.SILENCE_MILLIS) / 4) {
            send(Frame.ping(0));
        }
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext context) {
        ownLoop(context.channel(), () -> writabilityChanged(context.channel()));
    }

    /** The channel takes more, or no more, than when this was last said. */
    void writabilityChanged(Channel on) {
        long now = System.nanoTime();
        if (on.isWritable()) {
            decoder.forgive(now); // nothing may have been read while it was not
            outbox.drain();
        } else {
            blockedSince = now;
        }
    }

    /** Drops a peer for which more is waiting than anybody should let wait. */
    final void requireTaken(Channel by) {
        long bound = 4L * limit(NetLimit.WRITE_BUFFER_BYTES);
        if (outbox.bytes() + by.bytesBeforeWritable() > bound) {
            drop(new Refusal(5326, "more than " + bound + " bytes wait for it"), true);
        }
    }

    /** Runs something that may find a violation. */
    final void guarded(Runnable body) {
        try {
            body.run();
        } catch (Violation e) {
            drop(e.refusal(), true);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ownLoop(context.channel(), () -> failed(cause));
    }

    /** Leaves to the loop's own thread what is more than writing, as what callers do when a connection ends. */
    private static void ownLoop(Channel of, Runnable task) {
        EventLoop loop = of.eventLoop();
        if (LendingLoop.isLent(loop)) {
            loop.execute(task);
        } else {
            task.run();
        }
    }

    private void failed(Throwable thrown) {
        Throwable cause = thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Violation violation) {
            drop(violation.refusal(), true);
        } else if (cause instanceof NotSslRecordException) {
            drop(new Refusal(5310, "it does not speak TLS, and this port speaks nothing else"), true);
        } else if (cause instanceof SSLException && !isAbandoned(cause)) {
            drop(new Refusal(5311, "TLS failed: " + Text.of(cause)), true);
        } else if (cause instanceof IOException || cause instanceof ClosedChannelException) {
            drop(new Refusal(5333, "the connection broke: " + Text.of(cause)), false);
        } else {
            Refusal failure = new Refusal(5391, "an unexpected error ended the connection");
            network.complaints().ofOurs(remoteHost(), failure, cause);
            drop(failure, true);
        }
    }

    /** A peer that connects and goes away, as port checks do, is not worth a word. */
    private static boolean isAbandoned(Throwable cause) {
        return cause.getCause() instanceof ClosedChannelException
                || cause instanceof ClosedChannelException
                || Text.of(cause).startsWith("Connection closed while");
    }

    /**
     * Closes the connection, once.
     *
     * @param ours whether this end is the one that ends it
     */
    final void drop(Refusal reason, boolean ours) {
        if (dropped) {
            return;
        }
        dropped = true;
        decoder.stop();
        cancelTimer();
        dropping(reason, ours);
        Channel open = channel;
        if (open == null) {
            return;
        }
        if (ours && open.isActive()) {
            farewell(open, reason);
            // Meanwhile what comes is dropped: a socket that is closed over unread bytes takes its last words back.
            open.config().setAutoRead(true);
            open.eventLoop().schedule(() -> open.close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            open.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        drop(new Refusal(5333, "the other end closed the connection"), false);
        cancelTimer();
        closed();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    final @Nullable PeerIdentity peer() {
        return peer;
    }

    final String remoteHost() {
        return channel != null && channel.remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "nobody";
    }

    final int limit(NetLimit which) {
        return network.options().limit(which);
    }

    final long nanos(NetLimit which) {
        return TimeUnit.MILLISECONDS.toNanos(limit(which));
    }
}
