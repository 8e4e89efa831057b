package io.dtx.runtime;

import io.dtx.runtime.ClusterMember.Place;
import java.util.List;
import java.util.Optional;

/**
 * A cluster, as an operator finds it: its members, whether they answer or not, and what else has answered.
 *
 * @param cluster the name of its log, 16 hexadecimal digits; empty if nobody has answered
 * @param members by their ids; those that are no members last
 */
public record ClusterStatus(String cluster, List<ClusterMember> members) {

    /** Takes a copy of the list. */
    public ClusterStatus {
        members = List.copyOf(members);
    }

    /** Returns the member that leads; empty if none does. */
    public Optional<ClusterMember> leader() {
        return members.stream().filter(each -> each.place() == Place.LEADS).findFirst();
    }

    /** Returns how many members there are, as far as is known. */
    public int size() {
        return (int) members.stream()
                .filter(each -> each.id() != 0 && each.place() != Place.OUTSIDE)
                .count();
    }

    /** Returns how many of the members answer. */
    public int answering() {
        return (int) members.stream()
                .filter(each -> each.place() == Place.LEADS || each.place() == Place.FOLLOWS)
                .count();
    }

    /** Returns the one with an id; empty if there is none, or it is no member. */
    public Optional<ClusterMember> member(int id) {
        return members.stream()
                .filter(each -> each.id() == id && each.place() != Place.OUTSIDE)
                .findFirst();
    }
}
