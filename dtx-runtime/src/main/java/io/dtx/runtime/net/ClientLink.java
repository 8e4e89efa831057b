package io.dtx.runtime.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The calling end of a connection, from the look-up of the name to its end; used once. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
final class ClientLink extends Link {

    private final Peer owner;
    private final Address address;
    private final EventLoop loop;
    private final Calls calls;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private boolean sentHello;
    private volatile boolean over;
    private volatile OptionalLong clockAhead = OptionalLong.empty();

    private ClientLink(Peer owner, Network network, Address address, EventLoop loop, Calls calls) {
        super(network, loop, calls::aboutToWrite);
        this.owner = owner;
        this.address = address;
        this.loop = loop;
        this.calls = calls;
    }

    static ClientLink create(Peer owner, Network network, EventLoop loop, Address address) {
        return new ClientLink(owner, network, address, loop, new Calls(loop, address, network.options()));
    }

    /** Begins to connect. */
    void connect() {
        network.resolve(address)
                .whenComplete((found, failure) -> onLoop(() -> {
                    if (found != null) {
                        connect(found);
                    } else {
                        end(5330, "the name of " + address + " cannot be looked up: " + Text.of(failure));
                    }
                }));
    }

    private void connect(InetAddress found) {
        if (!network.mayConnect(found)) {
            end(5302, "plain text does not leave the loopback interface, and " + address + " is elsewhere");
            return;
        }
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limit(NetLimit.CONNECT_MILLIS))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, network.allocator())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, network.waterMark())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        network.addClientTls(socket, address);
                        socket.pipeline().addLast(decoder, ClientLink.this);
                    }
                })
                .connect(new InetSocketAddress(found, address.port()))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        end(5330, "cannot connect to " + address + ": " + Text.of(connected.cause()));
                    } else if (over) {
                        ((ChannelFuture) connected).channel().close();
                    }
                });
    }

    private void end(int code, String text) {
        drop(new Refusal(code, text), false);
    }

    @Override
    void secured(Channel on, @Nullable PeerIdentity peer) {
        if (peer != null && peer.role() != Role.MEMBER) {
            throw new Violation(
                    5337,
                    "its certificate of \"" + peer.name() + "\" is that of an "
                            + peer.role().word() + ", not of a member");
        }
        sentHello = true;
        on.writeAndFlush(Hello.of(network.role(), false, network.cluster().get(), EnumSet.noneOf(Service.class))
                .encode(on.alloc()));
    }

    @Override
    void hello(Channel on, Hello hello) {
        if (!sentHello) {
            throw new Violation(5321, "a hello before ours");
        }
        hello.requireFits(network.cluster().get());
        if (hello.refused()) {
            return; // its goodbye says why
        }
        if (hello.role() != Role.MEMBER) {
            throw new Violation(5337, "it calls itself " + hello.role().word() + ", not member");
        }
        network.met(hello.cluster());
        greeted(on);
        outbox.open(on);
        clockAhead = hello.clockAheadMillis();
        if (network.role() == Role.MEMBER) {
            compareClocks(hello, address.toString());
        }
        ready.complete(null);
        owner.connected();
    }

    @Override
    void frame(Frame frame) {
        if (!isGreeted()) {
            throw new Violation(5321, "a frame of kind " + frame.kind() + " behind a refusal");
        }
        switch (frame.kind()) {
            case REPLY -> calls.answered(frame.id(), frame.payload());
            case REFUSAL -> calls.failed(frame.id(), new RequestRefusedException(Refusal.decode(frame.payload())));
            case FAILURE -> {
                Refusal reason = Refusal.decode(frame.payload());
                calls.failed(frame.id(), new AnswerUnknownException(reason.code(), reason.text(), null));
            }
            case PUSH -> owner.pushed(Objects.requireNonNull(frame.service()), frame.payload());
            default -> throw new Violation(5321, "a frame of kind " + frame.kind() + " from the called end");
        }
    }

    /** Sends a request. Any thread. */
    CompletableFuture<byte[]> request(Service service, byte[] payload, long timeoutNanos) {
        return calls.begin(payload.length, timeoutNanos, id -> {
            Frame request = Frame.request(service, id, payload);
            return service == Service.RAFT ? outbox.addAndWrite(request) : outbox.add(request);
        });
    }

    @Override
    void send(Frame frame) {
        outbox.add(frame);
    }

    @Override
    void dropping(Refusal reason, boolean ours) {
        over = true;
        String text =
                reason.text().contains(address.toString()) ? reason.text() : "with " + address + ": " + reason.text();
        boolean wasReady = ready.isDone();
        ready.completeExceptionally(new NotSentException(reason.code(), "no connection " + text, null));
        calls.end(reason.code(), text);
        owner.ended(this, wasReady, reason);
    }

    @Override
    void farewell(Channel to, Refusal reason) {
        if (sentHello && reason.code() != 5310) {
            Frame goodbye = Frame.goodbye(reason);
            ByteBuf buffer = to.alloc().ioBuffer(goodbye.bytes());
            goodbye.encode(buffer);
            to.writeAndFlush(buffer);
        }
    }

    @Override
    void closed() {} // all was done when it was dropped

    /** Returns whether it can be used, or may soon be. */
    boolean isUsable() {
        return !over;
    }

    /** Returns by how much the other end's wall clock was ahead of ours when we met; empty before, and if it did not say. */
    OptionalLong clockAheadMillis() {
        return clockAhead;
    }

    boolean isReady() {
        return !over && ready.isDone();
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Ends it on our own account. Any thread. */
    void close(Refusal reason) {
        onLoop(() -> drop(reason, true));
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // the network is closed: nothing else runs any more
        }
    }
}
