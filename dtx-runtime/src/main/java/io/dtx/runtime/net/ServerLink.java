package io.dtx.runtime.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The called end of a connection: checks who calls for what, and bounds what is being worked on. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
final class ServerLink extends Link {

    private static final System.Logger LOG = System.getLogger(ServerLink.class.getName());

    private final Server server;
    private final EventLoop loop;
    private final Channel channel;
    private final Unanswered unanswered;
    private final Queue<Runnable> closeActions = new ArrayDeque<>();
    private @Nullable RemoteConnection connection;
    private boolean secured;
    private boolean answeredHello;
    private long peerCluster;
    private boolean closed;
    private volatile boolean open = true;

    ServerLink(Server server, Channel channel) {
        super(server.network(), channel.eventLoop(), frame -> true);
        this.server = server;
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.unanswered = new Unanswered(network.options(), server.requestBytes());
    }

    @Override
    void secured(Channel on, @Nullable PeerIdentity peer) {
        secured = true;
    }

    @Override
    void hello(Channel on, Hello hello) {
        if (!secured) {
            throw new Violation(5321, "a hello before TLS was up");
        }
        PeerIdentity certified = peer();
        if (certified != null && certified.role() != hello.role()) {
            throw new Violation(
                    5313,
                    "it calls itself " + hello.role().word() + ", and its certificate says "
                            + certified.role().word());
        }
        hello.requireFits(network.cluster().get());
        peerCluster = hello.cluster();
        PeerIdentity identity = certified == null ? new PeerIdentity(hello.role(), "", Set.of()) : certified;
        connection = new RemoteConnection(server.nextId(), this, (InetSocketAddress) on.remoteAddress(), identity);
        write(on, false);
        greeted(on);
        server.greeted(this);
        outbox.open(on);
        if (hello.role() == Role.MEMBER) {
            compareClocks(hello, remoteHost());
        }
    }

    private void write(Channel on, boolean refused) {
        answeredHello = true;
        ByteBuf hello = Hello.of(network.role(), refused, network.cluster().get(), servicesFor(connection))
                .encode(on.alloc());
        on.writeAndFlush(hello);
    }

    private Set<Service> servicesFor(@Nullable RemoteConnection caller) {
        Set<Service> services = EnumSet.noneOf(Service.class);
        for (Service each : Service.values()) {
            if (caller != null && server.handler(each) != null && each.mayBeCalledBy(caller.role())) {
                services.add(each);
            }
        }
        return services;
    }

    @Override
    void frame(Frame frame) {
        if (frame.kind() != Frame.Kind.REQUEST) {
            throw new Violation(5321, "a frame of kind " + frame.kind() + " from the calling end");
        }
        RemoteConnection from = Objects.requireNonNull(connection);
        Service service = Objects.requireNonNull(frame.service());
        Request request = new Request(this, frame, from);
        boolean fits = unanswered.add(frame.payload().length);
        Refusal refusal = objection(from, service, fits);
        RequestHandler handler = server.handler(service);
        if (refusal != null || handler == null) {
            Refusal reason = refusal != null ? refusal : new Refusal(5323, "this member does not serve " + service);
            request.refuse(reason.code(), reason.text());
            return;
        }
        try {
            handler.handle(request);
        } catch (RuntimeException | Error e) {
            Refusal failure = new Refusal(5390, "the handler of " + service + " failed, asked by " + from);
            network.complaints().ofOurs(remoteHost(), failure, e);
            request.fail();
        }
    }

    private @Nullable Refusal objection(RemoteConnection from, Service service, boolean fits) {
        if (!service.mayBeCalledBy(from.role())) {
            Refusal refusal = new Refusal(5322, from + " may not call " + service + ", which is not for its role");
            network.complaints().about(remoteHost(), refusal);
            return refusal;
        }
        long own = network.cluster().get();
        if (!service.mayMeetStrangers() && (own == 0 || peerCluster != own)) {
            return new Refusal(
                    5319,
                    service + " is not for strangers: cluster here " + Text.cluster(own) + ", there "
                            + Text.cluster(peerCluster));
        }
        return fits
                ? null
                : new Refusal(5324, "too much is unanswered already; send again when some of it is answered");
    }

    /** Sends the one answer to a request. Any thread. */
    void answer(Frame request, Frame answer) {
        unanswered.remove(request.payload().length);
        if (open) {
            send(answer);
        }
    }

    /** Sends unless too much is waiting. Any thread. */
    boolean push(Frame frame) {
        if (!open || !channel.isWritable() || outbox.bytes() > limit(NetLimit.WRITE_BUFFER_BYTES)) {
            return false;
        }
        return outbox.add(frame);
    }

    @Override
    void send(Frame frame) {
        outbox.addAndWrite(frame);
        if (outbox.bytes() > limit(NetLimit.WRITE_BUFFER_BYTES)) {
            if (loop.inEventLoop()) { // a handler that answers at once, to many requests that came at once
                requireTaken(channel);
            } else {
                onLoop(() -> requireTaken(channel));
            }
        }
    }

    /** Who does not take answers is not asked for more requests. */
    @Override
    void writabilityChanged(Channel on) {
        super.writabilityChanged(on);
        on.config().setAutoRead(on.isWritable() || !isGreeted());
    }

    @Override
    void dropping(Refusal reason, boolean ours) {
        open = false;
        if (ours && reason.code() != 5328 && reason.code() != 5391) {
            network.complaints().about(remoteHost(), reason);
        }
    }

    @Override
    void farewell(Channel to, Refusal reason) {
        boolean understands = secured && reason.code() != 5310;
        if (!understands) {
            return;
        }
        if (!answeredHello) {
            write(to, true);
        }
        Frame goodbye = Frame.goodbye(reason);
        ByteBuf buffer = to.alloc().ioBuffer(goodbye.bytes());
        goodbye.encode(buffer);
        to.writeAndFlush(buffer);
    }

    @Override
    void closed() {
        open = false;
        closed = true;
        unanswered.end();
        for (Runnable each = closeActions.poll(); each != null; each = closeActions.poll()) {
            run(each);
        }
    }

    boolean isOpen() {
        return open;
    }

    void onClose(Runnable action) {
        onLoop(() -> {
            if (closed) {
                run(action);
            } else {
                closeActions.add(action);
            }
        });
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "DTX-5393 an action at the end of a connection failed", e);
        }
    }

    /** Ends the connection. Any thread. */
    void end(Refusal reason) {
        onLoop(() -> drop(reason, true));
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // the network is closed: nothing else runs any more
        }
    }
}
