package io.dtx.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A member that listens and processes that call it, in one JVM over real sockets. */
final class TwoEnds implements AutoCloseable {

    static final long CLUSTER = 0xC0FFEE00DDBA11L;
    static final Duration SOON = Duration.ofSeconds(10);

    final Network member;
    final Server server;
    final Address address;
    private final List<Network> callers = new ArrayList<>();

    /** Where a member gets its buffers; its use shows whether any was lost. */
    final UnpooledByteBufAllocator buffers;

    private final UnpooledByteBufAllocator callersBuffers = new UnpooledByteBufAllocator(true);

    private TwoEnds(NetOptions options, long cluster, Map<Service, RequestHandler> handlers) {
        this.buffers = new UnpooledByteBufAllocator(true);
        this.member = Network.open(options, new ClusterIdentity(cluster), buffers);
        this.server = member.listen(new Address("127.0.0.1", 0), handlers);
        this.address = new Address("127.0.0.1", server.port());
    }

    /** A member that serves every service by one handler. */
    static TwoEnds serving(RequestHandler handler) {
        return serving(handler, UnaryOperator.identity());
    }

    static TwoEnds serving(RequestHandler handler, UnaryOperator<NetOptions> options) {
        return serving(handler, options.apply(NetOptions.tls(TestCa.of(Role.MEMBER))), CLUSTER);
    }

    static TwoEnds serving(RequestHandler handler, NetOptions options, long cluster) {
        Map<Service, RequestHandler> handlers = new EnumMap<>(Service.class);
        for (Service each : Service.values()) {
            handlers.put(each, handler);
        }
        return new TwoEnds(options, cluster, handlers);
    }

    /** Answers every request with its own payload. */
    static void echo(Request request) {
        request.reply(request.payload());
    }

    Client caller(Role role) {
        return caller(NetOptions.tls(TestCa.of(role)), CLUSTER);
    }

    Client caller(NetOptions options, long cluster) {
        return network(options, new ClusterIdentity(cluster)).client();
    }

    Network network(NetOptions options, ClusterIdentity cluster) {
        Network network = Network.open(options, cluster, callersBuffers);
        callers.add(network);
        return network;
    }

    CompletableFuture<byte[]> ask(Client client, Service service, String text) {
        return client.request(address, service, bytes(text), SOON);
    }

    static byte[] encoded(Hello hello) {
        ByteBuf out = hello.encode(UnpooledByteBufAllocator.DEFAULT);
        try {
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    long bufferBytes() {
        return buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory();
    }

    @Override
    public void close() {
        callers.forEach(Network::close);
        member.close();
        assertEquals(0, bufferBytes(), "bytes in the member's buffers that nobody has freed");
        long left = callersBuffers.metric().usedDirectMemory()
                + callersBuffers.metric().usedHeapMemory();
        assertEquals(0, left, "bytes in the callers' buffers that nobody has freed");
    }
}
