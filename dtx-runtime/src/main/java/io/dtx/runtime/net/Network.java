package io.dtx.runtime.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The network of a process: its threads, its certificates, the cluster it belongs to; servers and clients that share them.
 * Nothing of it is global: several live in one JVM. Thread-safe.
 *
 * <pre>{@code
 * Network network = Network.open(NetOptions.tls(files), new ClusterIdentity(0));
 * Client client = network.client();
 * client.request(Address.parse("m1.example.org:7700"), Service.SESSION, bytes, Duration.ofSeconds(1)).thenAccept(...);
 * }</pre>
 */
public final class Network implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Network.class.getName());
    private static final Duration LOOK_AT_FILES = Duration.ofSeconds(1);
    private static final int HELPERS = 2;
    private static final long CLOSE_MILLIS = 2_000;

    private final NetOptions options;
    private final ClusterIdentity cluster;
    private final ByteBufAllocator allocator;
    private final @Nullable Tls tls;
    private final Role role;
    private final Complaints complaints = new Complaints(System::nanoTime);
    private final MultiThreadIoEventLoopGroup loops;
    private final ThreadPoolExecutor handshakes = helpers("tls");
    private final ThreadPoolExecutor lookups = helpers("names");
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Set<AutoCloseable> inUse = ConcurrentHashMap.newKeySet();

    private Network(NetOptions options, ClusterIdentity cluster, ByteBufAllocator allocator) {
        this.options = options;
        this.allocator = allocator;
        this.cluster = cluster;
        this.tls = options.tls() == null ? null : Tls.load(options.tls(), options.checkHostNames());
        this.role = tls != null ? tls.credentials().identity().role() : Objects.requireNonNull(options.plainRole());
        this.loops = LendingLoop.group(options.limit(NetLimit.THREADS), threads("io"));
        if (tls != null) {
            watch(tls);
        }
    }

    /**
     * Starts a network.
     *
     * @param cluster which cluster the process belongs to; shared with whoever learns it
     * @throws IllegalArgumentException if the TLS files cannot be used; the message says why
     */
    public static Network open(NetOptions options, ClusterIdentity cluster) {
        return open(options, cluster, ByteBufAllocator.DEFAULT);
    }

    /** Starts one whose buffers come from an allocator of the caller's. */
    static Network open(NetOptions options, ClusterIdentity cluster, ByteBufAllocator allocator) {
        Network network = new Network(options, cluster, allocator);
        if (options.plaintextAnywhere()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-5307 plain text may leave this machine: whoever can reach the port reads and changes what is"
                            + " committed; give every process a certificate");
        }
        return network;
    }

    /**
     * Listens.
     *
     * @param bind an address of this machine; port 0 for any free one
     * @param handlers the services to offer
     * @throws IllegalStateException if the address cannot be listened at, or the certificate is not a member's
     */
    public Server listen(Address bind, Map<Service, RequestHandler> handlers) {
        if (role != Role.MEMBER) {
            throw new IllegalStateException("DTX-5337 only members listen, and this process is an " + role.word()
                    + "; give it a certificate with the name URI:" + Role.MEMBER.uri());
        }
        InetAddress local;
        try {
            local = InetAddress.getByName(bind.host());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("DTX-5306 cannot listen at " + bind + ": the name is unknown", e);
        }
        if (!mayConnect(local)) {
            throw new IllegalStateException("DTX-5302 plain text only listens at loopback addresses, and " + bind
                    + " is none; give the member a certificate");
        }
        Server server = new Server(this, bind, local, handlers);
        inUse.add(server);
        return server;
    }

    /** Returns a new client. */
    public Client client() {
        Client client = new Client(this);
        inUse.add(client);
        return client;
    }

    /** Returns the role of this process. */
    public Role role() {
        return role;
    }

    /** Ends all connections, servers and clients, and its threads, within about two seconds. */
    @Override
    public void close() {
        for (AutoCloseable each : inUse) {
            if (each instanceof Server server) {
                server.close();
            } else {
                ((Client) each).close();
            }
        }
        boolean own = false;
        for (EventExecutor each : loops) {
            own |= each.inEventLoop();
        }
        var done = loops.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        if (!own) { // a network thread cannot wait for its own end
            done.awaitUninterruptibly(2 * CLOSE_MILLIS);
        }
        handshakes.shutdownNow();
        lookups.shutdownNow();
    }

    private void watch(Tls watched) {
        EventLoop loop = loops.next();
        var unused = loop.scheduleWithFixedDelay(
                () -> {
                    if (looking.compareAndSet(false, true)) { // a hanging file system gets one thread, not all
                        lookups.execute(() -> look(watched));
                    }
                },
                LOOK_AT_FILES.toMillis(),
                LOOK_AT_FILES.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void look(Tls watched) {
        try {
            watched.reloadIfChanged();
        } finally {
            looking.set(false);
        }
    }

    void addServerTls(Channel channel) {
        if (tls != null) {
            channel.pipeline().addLast(tls.credentials().server().newHandler(channel.alloc(), (Executor) handshakes));
        }
    }

    void addClientTls(Channel channel, Address to) {
        if (tls != null) {
            SslHandler handler =
                    tls.credentials().client().newHandler(channel.alloc(), to.host(), to.port(), handshakes);
            channel.pipeline().addLast(handler);
        }
    }

    /** Returns whether this address may be used: always under TLS, else only on this machine. */
    boolean mayConnect(InetAddress address) {
        return tls != null || options.plaintextAnywhere() || address.isLoopbackAddress();
    }

    /** Looks a name up on a thread that may wait for it. */
    CompletableFuture<InetAddress> resolve(Address address) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(address.host());
        CompletableFuture<InetAddress> found = new CompletableFuture<>();
        if (literal != null) {
            lookUp(address, found);
        } else {
            lookups.execute(() -> lookUp(address, found));
        }
        return found;
    }

    private static void lookUp(Address address, CompletableFuture<InetAddress> found) {
        try {
            found.complete(InetAddress.getByName(address.host()));
        } catch (UnknownHostException e) {
            found.completeExceptionally(e);
        }
    }

    /** A member said which cluster it belongs to: processes that are no members take its word. */
    void met(long seen) {
        if (seen != 0 && role != Role.MEMBER && !cluster.adopt(seen)) {
            throw Hello.differentClusters(cluster.get(), seen);
        }
    }

    WriteBufferWaterMark waterMark() {
        int high = options.limit(NetLimit.WRITE_BUFFER_BYTES);
        return new WriteBufferWaterMark(high / 2, high);
    }

    String protection() {
        return tls != null ? "TLS 1.3" : "plain text";
    }

    void forget(AutoCloseable closed) {
        inUse.remove(closed);
    }

    NetOptions options() {
        return options;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    ClusterIdentity cluster() {
        return cluster;
    }

    Complaints complaints() {
        return complaints;
    }

    MultiThreadIoEventLoopGroup loops() {
        return loops;
    }

    private static ThreadPoolExecutor helpers(String purpose) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                HELPERS, HELPERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads(purpose));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static ThreadFactory threads(String purpose) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "dtx-net-" + purpose + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
