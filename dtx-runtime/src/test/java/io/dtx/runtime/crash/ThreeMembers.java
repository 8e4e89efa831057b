package io.dtx.runtime.crash;

import io.dtx.runtime.DtxMember;
import io.dtx.runtime.session.MembersLink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A replicated log in this JVM, whose members end sessions that are silent for two seconds. */
public final class ThreeMembers implements AutoCloseable {

    private static final int MEMBERS = 3;

    private final Sites sites;
    private final List<@Nullable DtxMember> members = new ArrayList<>();

    /** Makes their directories in this one, and starts them. */
    public ThreeMembers(Path directory) throws IOException {
        sites = new Sites(directory, MEMBERS);
        for (int i = 0; i < MEMBERS; i++) {
            members.add(null);
            open(i);
        }
    }

    /** Starts a member that has been stopped. */
    void open(int member) {
        members.set(member, DtxMember.start(sites.member(member)));
    }

    /** Stops a member. */
    void close(int member) {
        DtxMember ending = members.set(member, null);
        if (ending != null) {
            ending.close();
        }
    }

    /** Returns the one that leads; -1: none does now. */
    int leader() {
        for (int i = 0; i < members.size(); i++) {
            DtxMember each = members.get(i);
            if (each != null && each.leads()) {
                return i;
            }
        }
        return -1;
    }

    /** Returns what an application is configured with that uses them. */
    public Map<String, String> configuration() {
        return sites.application();
    }

    /** Returns a link to them, which is not open yet. */
    public MembersLink link() {
        return sites.link();
    }

    @Override
    public void close() {
        for (int i = 0; i < members.size(); i++) {
            close(i);
        }
    }
}
