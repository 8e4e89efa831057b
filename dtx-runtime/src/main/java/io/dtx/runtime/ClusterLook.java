package io.dtx.runtime;

import io.dtx.runtime.ClusterMember.Place;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.Client;
import io.dtx.runtime.net.Service;
import io.dtx.runtime.session.NetChannel;
import io.dtx.runtime.session.RosterLink;
import io.dtx.runtime.session.RosterView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One look at a cluster: asks the members that are named, and then those that these know of. Used once, by one thread. */
final class ClusterLook {

    private final Client client;
    private final long patienceMillis;
    private final Map<Address, Found> found = new LinkedHashMap<>();

    /** What came of asking at an address. */
    private record Found(@Nullable RosterView view, String problem, OptionalLong clock) {}

    /** A member's name, in its parts. */
    private record Name(int id, Address address) {
        static Name parse(String member) {
            int at = member.indexOf('@');
            return new Name(Integer.parseInt(member.substring(0, at)), Address.parse(member.substring(at + 1)));
        }
    }

    ClusterLook(Client client, long patienceMillis) {
        this.client = client;
        this.patienceMillis = patienceMillis;
    }

    /** Looks, beginning at these addresses. */
    ClusterStatus from(Collection<Address> named) {
        ask(named);
        ask(unknownOf(
                members())); // what was learnt by that is not gone after any further: all members know all members
        return status();
    }

    private void ask(Collection<Address> addresses) {
        Map<Address, CompletableFuture<Found>> asked = new LinkedHashMap<>();
        for (Address each : addresses) {
            asked.put(each, ask(each));
        }
        asked.forEach((address, answer) -> found.put(address, answer.join()));
    }

    private CompletableFuture<Found> ask(Address address) {
        var channel = NetChannel.to(List.of(address), client, Service.OPERATOR).get(0);
        return RosterLink.view(channel, patienceMillis)
                .handle((view, failure) -> failure == null
                        ? new Found(view, "", client.clockAheadMillis(address))
                        : new Found(null, reason(failure), OptionalLong.empty()));
    }

    /** The members, according to the one that leads, or else to the one that is furthest. */
    private List<Name> members() {
        return views().filter(each -> !each.members().isEmpty())
                .max(Comparator.comparing(RosterView::leads).thenComparing(RosterView::entry))
                .map(view -> view.members().stream().map(Name::parse).toList())
                .orElse(List.of());
    }

    private Stream<RosterView> views() {
        return found.values().stream().map(Found::view).filter(Objects::nonNull);
    }

    private List<Address> unknownOf(List<Name> members) {
        List<Integer> met = views().filter(each -> !each.self().isEmpty())
                .map(each -> Name.parse(each.self()).id())
                .toList();
        return members.stream()
                .filter(each -> !met.contains(each.id()) && !found.containsKey(each.address()))
                .map(Name::address)
                .toList();
    }

    private ClusterStatus status() {
        List<Name> members = members();
        long furthest = views().mapToLong(RosterView::entry).max().orElse(0);
        List<ClusterMember> rows = new ArrayList<>();
        for (Name each : members) {
            rows.add(row(each, furthest));
        }
        found.forEach((address, answer) -> {
            if (rows.stream().noneMatch(row -> isOf(row, address, answer))) {
                rows.add(stranger(address, answer, furthest));
            }
        });
        rows.sort(Comparator.comparing((ClusterMember each) -> each.place() == Place.OUTSIDE || each.id() == 0)
                .thenComparing(ClusterMember::id));
        String cluster = views().findFirst().map(each -> hex(each.cluster())).orElse("");
        return new ClusterStatus(cluster, rows);
    }

    private static boolean isOf(ClusterMember row, Address address, Found answer) {
        RosterView view = answer.view;
        boolean nameless = view == null || view.self().isEmpty();
        return nameless
                ? row.address().equals(address.toString())
                : Name.parse(Objects.requireNonNull(view).self()).id() == row.id();
    }

    private ClusterMember row(Name member, long furthest) {
        List<Found> answers = found.values().stream()
                .filter(each -> each.view != null
                        && !each.view.self().isEmpty()
                        && Name.parse(each.view.self()).id() == member.id())
                .toList();
        if (answers.isEmpty()) {
            Found silent = found.get(member.address());
            String problem = silent == null ? "not asked" : saysElse(silent, member);
            return new ClusterMember(member.id(), member.address().toString(), Place.SILENT, problem, 0, 0, null, -1);
        }
        long processes = answers.stream()
                .map(each -> Objects.requireNonNull(each.view).instance())
                .distinct()
                .count();
        Found answer = answers.get(0);
        RosterView view = Objects.requireNonNull(answer.view);
        return answered(
                member.id(),
                member.address(),
                view.leads() ? Place.LEADS : Place.FOLLOWS,
                processes == 1
                        ? null
                        : "DTX-1026 " + processes + " processes run as member " + member.id()
                                + ": end all but the one at " + member.address(),
                answer,
                furthest);
    }

    private static String saysElse(Found at, Name member) {
        RosterView view = at.view;
        return view == null
                ? at.problem
                : "DTX-8017 the process there is " + (view.self().isEmpty() ? "alone" : view.self()) + ", not member "
                        + member.id();
    }

    private static ClusterMember stranger(Address address, Found answer, long furthest) {
        RosterView view = answer.view;
        if (view == null) {
            return new ClusterMember(0, address.toString(), Place.SILENT, answer.problem, 0, 0, null, -1);
        }
        if (view.self().isEmpty()) {
            return answered(0, address, Place.LEADS, null, answer, furthest);
        }
        Name self = Name.parse(view.self());
        String why = view.members().isEmpty() ? "waits to be added" : "is no member any more";
        return answered(self.id(), self.address(), Place.OUTSIDE, why, answer, furthest);
    }

    private static ClusterMember answered(
            int id, Address address, Place place, @Nullable String problem, Found answer, long furthest) {
        RosterView view = Objects.requireNonNull(answer.view);
        Long clock = answer.clock.isPresent() ? answer.clock.getAsLong() : null;
        return new ClusterMember(
                id,
                address.toString(),
                place,
                problem,
                view.entry(),
                furthest - view.entry(),
                clock,
                view.diskFreeBytes());
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    private static String hex(long cluster) {
        return String.format("%016x", cluster);
    }
}
