package io.dtx.runtime.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The port of a member: accepts connections within the bounds and hands their requests to the services. Thread-safe. */
public final class Server implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    private static final int BACKLOG = 256;

    private final Network network;
    private final Map<Service, RequestHandler> handlers;
    private final Admission admission;
    private final Set<ServerLink> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicLong requestBytes = new AtomicLong();
    private final Channel acceptor;

    Server(Network network, Address bind, InetAddress interfaceAddress, Map<Service, RequestHandler> handlers) {
        this.network = network;
        this.handlers = new EnumMap<>(Service.class);
        this.handlers.putAll(handlers);
        this.admission = new Admission(network.options());
        this.acceptor = bind(bind, new InetSocketAddress(interfaceAddress, bind.port()));
        LOG.log(
                System.Logger.Level.INFO,
                "DTX-5300 listening at " + bind.host() + " port " + port() + ", " + network.protection() + ", for "
                        + this.handlers.keySet() + ", cluster "
                        + Text.cluster(network.cluster().get()));
    }

    private Channel bind(Address bind, InetSocketAddress address) {
        ChannelFuture bound = new ServerBootstrap()
                .group(network.loops())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, network.allocator())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, network.waterMark())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "DTX-5306 cannot listen at " + bind + ": " + Text.of(bound.cause())
                            + "; is another process using the port, or the address none of this machine?",
                    bound.cause());
        }
        return bound.channel();
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void accept(SocketChannel channel) {
        InetAddress peer = channel.remoteAddress().getAddress();
        ServerLink link = new ServerLink(this, channel);
        Refusal full = admission.admit(peer, link);
        if (full != null) {
            network.complaints().about(peer.getHostAddress(), full);
            channel.close();
            return;
        }
        links.add(link);
        channel.closeFuture().addListener(done -> {
            admission.leave(peer, link);
            links.remove(link);
        });
        network.addServerTls(channel);
        channel.pipeline().addLast(link.decoder, link);
    }

    /** Returns the port on which it listens. */
    public int port() {
        return ((InetSocketAddress) acceptor.localAddress()).getPort();
    }

    /** Returns how many connections are open, also those that have not said hello yet. */
    public int connections() {
        return links.size();
    }

    /** Accepts nothing any more and ends all connections. */
    @Override
    public void close() {
        acceptor.close().awaitUninterruptibly();
        for (ServerLink each : links) {
            each.end(new Refusal(5328, "the member goes down"));
        }
        network.forget(this);
    }

    Network network() {
        return network;
    }

    @Nullable
    RequestHandler handler(Service service) {
        return handlers.get(service);
    }

    void greeted(ServerLink link) {
        admission.greeted(link);
    }

    long nextId() {
        return lastId.incrementAndGet();
    }

    AtomicLong requestBytes() {
        return requestBytes;
    }
}
