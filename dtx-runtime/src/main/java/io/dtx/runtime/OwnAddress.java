package io.dtx.runtime;

import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.Client;
import io.dtx.runtime.net.Service;
import io.dtx.runtime.session.MemberChannel;
import io.dtx.runtime.session.NetChannel;
import io.dtx.runtime.session.Roster;
import io.dtx.runtime.session.RosterLink;
import io.dtx.runtime.session.RosterView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks, from time to time, who answers at this member's address. If it is another process with the same name, one of the two
 * runs on a copy of the other's directory, and both would vote: this one, which is not where the others call, must not go on.
 */
final class OwnAddress implements AutoCloseable {

    private static final long EVERY_MILLIS = 5_000;
    private static final long LOOK_MILLIS = 2_000;

    private final Roster roster;
    private final Client client;
    private final Consumer<IllegalStateException> whenTwo;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dtx-own-address");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins to look.
     *
     * @param client closed with this
     * @param whenTwo told, on any thread, when another process was found
     */
    OwnAddress(Roster roster, Client client, Consumer<IllegalStateException> whenTwo) {
        this.roster = roster;
        this.client = client;
        this.whenTwo = whenTwo;
        ScheduledFuture<?> unused = looks.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        RosterView own = roster.view();
        Address address = Address.parse(own.self().substring(own.self().indexOf('@') + 1));
        MemberChannel channel =
                NetChannel.to(List.of(address), client, Service.OPERATOR).get(0);
        CompletableFuture<Void> unused = RosterLink.view(channel, LOOK_MILLIS)
                .thenAccept(found -> compare(own, found, address))
                .exceptionally(failure -> null); // nobody there: then nobody else either
    }

    private void compare(RosterView own, RosterView found, Address address) {
        if (found.cluster() == own.cluster() && found.self().equals(own.self()) && found.instance() != own.instance()) {
            whenTwo.accept(new IllegalStateException("DTX-1026 another process runs as member " + own.self() + " at "
                    + address + ": one of the two has a copy of the other's directory. This one stops; delete its"
                    + " directory, and let it join under an id of its own"));
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        client.close();
    }
}
