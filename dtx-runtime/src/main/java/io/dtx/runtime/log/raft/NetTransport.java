package io.dtx.runtime.log.raft;

import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.Client;
import io.dtx.runtime.net.RemoteConnection;
import io.dtx.runtime.net.Request;
import io.dtx.runtime.net.RequestHandler;
import io.dtx.runtime.net.Service;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Members reach each other through the cluster's port, as its service {@link Service#RAFT}. */
final class NetTransport implements Transport, RequestHandler {

    private static final int NOT_SERVING = 5218;
    private static final String LINK = "dtx.raft.link";

    private final Client client;
    private final Map<String, Address> addresses = new ConcurrentHashMap<>(); // of the members that there have been
    private volatile @Nullable Receiver receiver;

    NetTransport(Client client) {
        this.client = client;
    }

    @Override
    public CompletableFuture<byte[]> request(String address, byte[] message, long timeoutMillis) {
        return client.request(
                addresses.computeIfAbsent(address, Address::parse),
                Service.RAFT,
                message,
                Duration.ofMillis(timeoutMillis));
    }

    @Override
    public void serve(Receiver to) {
        receiver = to;
    }

    @Override
    public void stopServing() {
        receiver = null;
    }

    @Override
    public void handle(Request request) {
        Receiver to = receiver;
        if (to == null) {
            request.refuse(NOT_SERVING, "the member does not take part at the moment");
        } else {
            to.received(new Arrived(request));
        }
    }

    /** A request from the port. */
    private record Arrived(Request request) implements Incoming {

        @Override
        public byte[] message() {
            return request.payload();
        }

        @Override
        public Link link() {
            RemoteConnection connection = request.connection();
            return (Link) connection.attributes().computeIfAbsent(LINK, key -> new Connected(connection));
        }

        @Override
        public void reply(byte[] message) {
            request.reply(message);
        }

        @Override
        public void refuse() {
            request.refuse(NOT_SERVING, "the member has too much to do at the moment");
        }
    }

    /** A connection to the port. */
    private record Connected(RemoteConnection connection) implements Link {

        @Override
        public String remoteAddress() {
            return connection.toString();
        }

        @Override
        public Map<String, Object> attributes() {
            return connection.attributes();
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
