package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.SessionState;
import java.util.HashSet;
import java.util.Set;

/**
 * What a session can do for others: the steps that its process has, and the databases that it sees behind its resources.
 *
 * @param application the application of its process
 * @param names as {@link io.dtx.runtime.protocol.SessionState#hosted()} lists them
 */
public record Hosting(String application, Set<String> names) {

    /** Returns how a session says, among what it hosts, that it sees this database behind a resource. */
    public static String database(String resource, String databaseId) {
        return resource + '@' + databaseId;
    }

    static Hosting of(SessionState session) {
        return new Hosting(session.application(), new HashSet<>(session.hosted()));
    }

    /** Returns whether it can do what needs this. */
    boolean can(Need need) {
        return need.step() != null
                && application.equals(need.application())
                && names.contains(need.step())
                && (need.database() == null || names.contains(need.database()));
    }
}
