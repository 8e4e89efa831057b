package io.dtx.runtime.session;

import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.Client;
import io.dtx.runtime.net.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The way to a member through its port. */
public final class NetChannel implements MemberChannel {

    private final Client client;
    private final Address address;
    private final Service service;
    private final List<NetChannel> all;
    private volatile Runnable whenPushed = () -> {};

    private NetChannel(Client client, Address address, Service service, List<NetChannel> all) {
        this.client = client;
        this.address = address;
        this.service = service;
        this.all = all;
        all.add(this);
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
        List<NetChannel> channels = new CopyOnWriteArrayList<>();
        members.forEach(each -> new NetChannel(client, each, service, channels));
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
    public MemberChannel to(String member) {
        NetChannel channel = new NetChannel(client, Address.parse(member), service, all);
        channel.onPush(whenPushed);
        return channel;
    }

    @Override
    public void close() {
        all.remove(this);
        client.disconnect(address);
    }
}
