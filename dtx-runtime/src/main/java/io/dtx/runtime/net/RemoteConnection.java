package io.dtx.runtime.net;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A connection that somebody opened to our server, from hello to its end. Thread-safe. */
public final class RemoteConnection {

    private final long id;
    private final ServerLink link;
    private final InetSocketAddress address;
    private final PeerIdentity peer;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

    RemoteConnection(long id, ServerLink link, InetSocketAddress address, PeerIdentity peer) {
        this.id = id;
        this.link = link;
        this.address = address;
        this.peer = peer;
    }

    /** Returns a number that no other connection of this server has. */
    public long id() {
        return id;
    }

    /** Returns where it comes from; not where its process could be called. */
    public InetSocketAddress remoteAddress() {
        return address;
    }

    /** Returns what the other end may do, as its certificate says; in plain text, as it says itself. */
    public Role role() {
        return peer.role();
    }

    /** Returns the common name in the other end's certificate; empty if there is none, or no certificate. */
    public String name() {
        return peer.name();
    }

    /** Returns the applications that the other end may speak for, as its certificate says; empty: for any. */
    public Set<String> applications() {
        return peer.applications();
    }

    /** Returns what services keep with the connection; gone with it. */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** Returns whether it can still be used, as far as is known here. */
    public boolean isOpen() {
        return link.isOpen();
    }

    /**
     * Sends a message that nobody asked for. Messages and answers arrive in the order in which they were sent, or the
     * connection ends.
     *
     * @param payload at most {@link Request#PAYLOAD_BYTES_MAX}; not changed afterwards
     * @return false if nothing was sent: the connection has ended, or the other end is behind with taking what was sent before
     */
    public boolean push(Service service, byte[] payload) {
        Request.requireFits(payload);
        return link.push(Frame.push(service, payload));
    }

    /** Runs something once, on a network thread, when the connection has ended; at once if it has. */
    public void onClose(Runnable action) {
        link.onClose(action);
    }

    /** Ends the connection; its process may connect again. */
    public void close() {
        link.end(new Refusal(5328, "the member closed the connection"));
    }

    /** Returns what identifies it in logs. */
    @Override
    public String toString() {
        return peer.role().word() + (peer.name().isEmpty() ? "" : " \"" + peer.name() + "\"") + " at "
                + address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
