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
    private volatile Runnable whenPushed = () -> {};

    private NetChannel(Client client, Address address) {
        this.client = client;
        this.address = address;
    }

    /** Returns a channel to each member; the client serves nothing else, and stays the caller's. */
    public static List<MemberChannel> to(List<Address> members, Client client) {
        List<NetChannel> channels = new ArrayList<>();
        members.forEach(each -> channels.add(new NetChannel(client, each)));
        client.onPush((from, service, payload) -> {
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
        return client.request(address, Service.SESSION, request, Duration.ofMillis(timeoutMillis));
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
