package io.dtx.runtime;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.DtxException;
import io.dtx.runtime.ClusterMember.Place;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.Client;
import io.dtx.runtime.net.Service;
import io.dtx.runtime.session.NetChannel;
import io.dtx.runtime.session.RosterLink;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The members of a cluster, for an operator: looks at them, and changes them one at a time. A change that is not made is refused
 * with what to do, and nothing is changed then; if nobody answers in time, it may still be made, and to repeat it does no harm.
 * From {@link DtxOperator#cluster}; thread-safe.
 */
public final class DtxCluster {

    private static final long ASK_APART_MILLIS = 300;

    private final Client client;
    private final List<Address> named;
    private final long patienceMillis;

    DtxCluster(Client client, List<Address> named, long patienceMillis) {
        this.client = client;
        this.named = List.copyOf(named);
        this.patienceMillis = patienceMillis;
    }

    private interface Ask {
        boolean of(RosterLink link, long millis);
    }

    /** Asks the members that were named, and those that they know of; those that do not answer in time are in it, too. */
    public ClusterStatus status() {
        return new ClusterLook(client, patienceMillis).from(named);
    }

    /**
     * Adds a member: it catches up first, and then takes part in decisions. Its directory was made by {@link
     * DtxMember#createJoining}, and its process runs.
     *
     * @param member {@code id@host:port}
     * @param patience how long it may take; given up, the change may still be made
     * @param whileItLasts told from time to time how things are
     * @throws DtxException if it is not added; the message says why, and what to do
     */
    public void add(String member, Duration patience, Consumer<ClusterStatus> whileItLasts) {
        String address = member.substring(member.indexOf('@') + 1);
        Set<Address> more = new LinkedHashSet<>(named);
        more.add(parsed(address));
        change(
                patience,
                (link, millis) -> link.add(member, millis),
                () -> whileItLasts.accept(new ClusterLook(client, patienceMillis).from(more)));
    }

    /**
     * Removes a member; if it leads, another one does first. Its process goes on without taking part, and can be ended; its
     * directory is of no use any more.
     *
     * @throws DtxException if it is not removed; the message says why, and what to do
     */
    public void remove(int id, Duration patience) {
        ClusterStatus now = requireLeader();
        if (now.member(id).isEmpty()) {
            throw refused("DTX-8024 no member has id " + id + ": " + names(now));
        }
        change(patience, (link, millis) -> link.remove(id, millis), () -> {});
    }

    /**
     * Replaces a member by another one, of another id. At another address the new one comes first, so that there are never fewer;
     * at the same address, the old one goes first.
     *
     * @throws DtxException if that is not done, or half of it; the message says which half, and what to do
     */
    public void replace(int id, String member, Duration patience, Consumer<ClusterStatus> whileItLasts) {
        ClusterStatus now = requireLeader();
        String address = parsed(member.substring(member.indexOf('@') + 1)).toString();
        ClusterMember old = now.member(id).orElse(null);
        String next = member.substring(0, member.indexOf('@') + 1) + address;
        if (old == null
                && now.members().stream()
                        .filter(each -> each.place() != Place.OUTSIDE)
                        .noneMatch(each -> next.equals(each.id() + "@" + each.address()))) {
            throw refused("DTX-8024 no member has id " + id + ", nor is " + next + " one: " + names(now)
                    + "; nothing was changed. If " + id + " was removed before, go on with: dtx cluster add " + member);
        }
        if (old != null && old.address().equals(address)) {
            remove(id, patience);
            addInPlace(id, member, patience, whileItLasts);
            return;
        }
        add(member, patience, whileItLasts);
        if (old != null) {
            remove(id, patience);
        }
    }

    private void addInPlace(int removed, String member, Duration patience, Consumer<ClusterStatus> whileItLasts) {
        try {
            add(member, patience, whileItLasts);
        } catch (CoordinatorUnavailableException e) {
            throw new CoordinatorUnavailableException(null, halfDone(e, removed, member), e);
        } catch (DtxException e) {
            throw new DtxException(null, halfDone(e, removed, member), e);
        }
    }

    private static String halfDone(DtxException why, int removed, String member) {
        return why.getMessage() + " Member " + removed
                + " is removed already: once that is mended, go on with: dtx cluster add " + member;
    }

    /**
     * Lets another member lead, for example before the machine of the one that leads is restarted.
     *
     * @param id which one; 0: the one that is furthest
     * @return the address of the one that leads now
     * @throws DtxException if it does not; the message says why, and what to do
     */
    public String transferLeader(int id, Duration patience) {
        ClusterStatus now = requireLeader();
        ClusterMember next = id == 0
                ? now.members().stream()
                        .filter(each -> each.place() == Place.FOLLOWS)
                        .min(Comparator.comparing(ClusterMember::behind))
                        .orElseThrow(() -> refused("DTX-8020 no other member answers: " + names(now)))
                : now.member(id).orElseThrow(() -> refused("DTX-8024 no member has id " + id + ": " + names(now)));
        change(patience, (link, millis) -> link.transferTo(next.id(), millis), () -> {});
        return next.id() + "@" + next.address();
    }

    private ClusterStatus requireLeader() {
        ClusterStatus now = status();
        if (now.leader().isEmpty()) {
            throw nobodyLeads(now);
        }
        return now;
    }

    private void change(Duration patience, Ask ask, Runnable meanwhile) {
        long deadline = System.nanoTime() + patience.toNanos();
        ClusterStatus now = status();
        Set<Address> all = new LinkedHashSet<>(named);
        now.members().stream()
                .filter(each -> each.id() != 0 && each.place() != Place.OUTSIDE)
                .forEach(each -> all.add(Address.parse(each.address())));
        try (RosterLink link = new RosterLink(NetChannel.to(List.copyOf(all), client, Service.OPERATOR))) {
            while (!ask.of(link, patienceMillis)) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new CoordinatorUnavailableException(
                            null,
                            "DTX-8019 that is under way, and not done after " + patience.toSeconds()
                                    + " s; it goes on: repeat the command, with a longer --timeout, to wait for it",
                            null);
                }
                meanwhile.run();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ASK_APART_MILLIS));
            }
        } catch (CoordinatorUnavailableException e) {
            throw String.valueOf(e.getMessage()).startsWith("DTX-8019") ? e : nobodyLeads(status());
        } catch (IllegalStateException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static CoordinatorUnavailableException nobodyLeads(ClusterStatus now) {
        int size = now.size();
        String who = size == 0
                ? "nobody answers at " + names(now)
                : now.answering() + " of " + size + " members answer; start others until " + (size / 2 + 1) + " do: "
                        + names(now);
        return new CoordinatorUnavailableException(
                null, "DTX-8020 nothing can be changed, for no member leads: " + who, null);
    }

    private static String names(ClusterStatus status) {
        StringBuilder names = new StringBuilder();
        for (ClusterMember each : status.members()) {
            names.append(names.isEmpty() ? "" : ", ")
                    .append(each.id() == 0 ? "" : each.id() + "@")
                    .append(each.address())
                    .append(each.place() == Place.SILENT ? " (silent)" : "");
        }
        return names.toString();
    }

    private static Address parsed(String address) {
        try {
            return Address.parse(address);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static DtxException refused(String message) {
        return new DtxException(null, message, null);
    }
}
