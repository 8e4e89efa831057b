package io.dtx.runtime.net;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Calls members: one connection per address, made when it is first needed and kept. Requests to an address arrive in the order
 * in which they were made, as long as the connection lasts; answers come in any order and are told apart by id. Thread-safe.
 */
public final class Client implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Client.class.getName());
    private static final int CLOSED_BY_US = 5335;

    private final Network network;
    private final EventLoop loop; // of all connections: what goes to several members at once wakes one thread
    private final Map<Address, Peer> peers = new ConcurrentHashMap<>();
    private volatile PushHandler pushHandler = (from, service, payload) -> {};
    private volatile Consumer<Address> lossListener = address -> {};
    private volatile boolean closed;

    Client(Network network) {
        this.network = network;
        this.loop = network.loops().next();
    }

    /**
     * Sends a request.
     *
     * @param payload at most {@link Request#PAYLOAD_BYTES_MAX}; not changed afterwards
     * @param timeout for the connection, if there is none yet, and the answer; kept to about 10 ms
     * @return the answer, or a {@link NetException}: {@link NotSentException} if nothing was sent, {@link WindowFullException}
     *     at a bound, {@link RequestRefusedException} if the peer said no, {@link AnswerUnknownException} if the effect is
     *     unknown. Completed on a network thread, which must not be blocked, or before this method returns.
     * @throws IllegalArgumentException if the payload is too large
     */
    public CompletableFuture<byte[]> request(Address to, Service service, byte[] payload, Duration timeout) {
        Request.requireFits(payload);
        try {
            return peer(to).link().request(service, payload, timeout.toNanos());
        } catch (NotSentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns by how much a member's wall clock was ahead of ours when the present connection was made; empty without one. */
    public OptionalLong clockAheadMillis(Address address) {
        Peer peer = peers.get(address);
        return peer == null ? OptionalLong.empty() : peer.clockAheadMillis();
    }

    /**
     * Makes a connection if there is none: cheap if there is. Fails within the limits for connecting and shaking hands.
     *
     * @return completes when requests can be sent; exceptionally with {@link NotSentException}, which says why they cannot
     */
    public CompletableFuture<Void> check(Address address) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        try {
            var unused = peer(address).link().ready().whenComplete((done, failure) -> {
                if (failure == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (NotSentException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    /** Returns whether there is a connection with the address, as far as is known here. */
    public boolean isConnected(Address address) {
        Peer peer = peers.get(address);
        return peer != null && peer.isReady();
    }

    /** Ends the connection with the address, if there is one: it will not be called any more. Another request makes a new one. */
    public void disconnect(Address address) {
        Peer peer = peers.remove(address);
        if (peer != null) {
            peer.close(new Refusal(CLOSED_BY_US, "we closed the connection"));
        }
    }

    /** Sets who takes what members push; before that it is dropped. */
    public void onPush(PushHandler handler) {
        pushHandler = handler;
    }

    /** Sets who is told, on a network thread, that a connection that was in use was lost; not of those that we end ourselves. */
    public void onConnectionLost(Consumer<Address> listener) {
        lossListener = listener;
    }

    /** Ends all connections; requests without an answer fail, and so do new ones. */
    @Override
    public void close() {
        closed = true;
        for (Peer each : peers.values()) {
            each.close(new Refusal(CLOSED_BY_US, "this client was closed"));
        }
        network.forget(this);
    }

    private Peer peer(Address address) {
        Peer peer = peers.get(address);
        if (peer == null) {
            peer = peers.computeIfAbsent(address, each -> new Peer(this, network, each));
        }
        if (closed) {
            peer.close(new Refusal(CLOSED_BY_US, "this client was closed"));
        }
        return peer;
    }

    EventLoop loop() {
        return loop;
    }

    void pushed(Address from, Service service, byte[] payload) {
        try {
            pushHandler.pushed(from, service, payload);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "DTX-5393 the handler of what " + from + " pushed failed", e);
        }
    }

    void ended(Address address, boolean wasReady, Refusal reason) {
        if (!wasReady || reason.code() == CLOSED_BY_US) {
            return;
        }
        try {
            lossListener.accept(address);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "DTX-5393 the listener of the lost connection with " + address + " failed",
                    e);
        }
    }
}
