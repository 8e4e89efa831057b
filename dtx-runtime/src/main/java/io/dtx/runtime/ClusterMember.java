package io.dtx.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One process of a cluster, as an operator finds it.
 *
 * @param id its id; 0 if it did not say, and nobody else has
 * @param address {@code host:port}, where the others call it
 * @param place what it is to the cluster
 * @param problem why it did not answer, or what is wrong with it; null: nothing
 * @param entry the index of the last entry that it has applied; 0 without an answer
 * @param behind how many entries fewer that is than the furthest member has; 0 without an answer
 * @param clockAheadMillis by how much its wall clock is ahead of the operator's, to about a round trip; null without an answer
 * @param diskFreeBytes the room that its log has; -1 if that is not known
 */
public record ClusterMember(
        int id,
        String address,
        Place place,
        @Nullable String problem,
        long entry,
        long behind,
        @Nullable Long clockAheadMillis,
        long diskFreeBytes) {

    /** What a process is to the cluster. */
    public enum Place {
        /** A member, and the leader. */
        LEADS,
        /** A member that answers. */
        FOLLOWS,
        /** It does not answer. */
        SILENT,
        /** It answers, and is no member: it waits to be added, or was removed. */
        OUTSIDE
    }
}
