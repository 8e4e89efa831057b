package io.dtx.runtime.session;

import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.Client;
import io.dtx.runtime.net.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way to a member through its port. */
public final class NetChannel implements MemberChannel {

    private final Client client;
    private final Address address;
    private final Service service;
    private volatile Runnable whenPushed = () -> {};

    private NetChannel(Client client, Address address, Service service) {
        this.client = client;
        this.address = address;
        this.service = service;
    }

    /** Returns an application's channel to each member; the client serves nothing else, and stays the caller's. */
    public static List<MemberChannel> to(List<Address> members, Client client) {
        return to(members, client, Service.SESSION);
    }

    /**
     * Returns a channel to each member; the client serves nothing else, and stays the caller's.
     *
     * @param service {@link Service#SESSION} for an application, {@link Service#OPERATOR} for an operator
     */
    public static List<MemberChannel> to(List<Address> members, Client client, Service service) {
        List<NetChannel> channels = new ArrayList<>();
        members.forEach(each -> channels.add(new NetChannel(client, each, service)));
        client.onPush((from, pushedBy, payload) -> {
            for (NetChannel each : channels) {
                if (each.address.equals(from)) {
                    each.whenPushed.run();
                }
            }
        });
        return List.copyOf(channels);
    }

    @Override
    public String address() {
        return address.toString();
    }

    @Override
    public CompletableFuture<byte[]> request(byte[] request, long timeoutMillis) {
        return client.request(address, service, request, Duration.ofMillis(timeoutMillis));
    }

    @Override
    public void onPush(Runnable action) {
        whenPushed = action;
    }

    @Override
    public void close() {
        client.disconnect(address);
    }
}
