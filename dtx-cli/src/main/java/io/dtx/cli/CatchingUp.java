package io.dtx.cli;

import io.dtx.runtime.ClusterMember;
import io.dtx.runtime.ClusterStatus;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** Tells people how far a new member is, whenever it has come further; beside the result, which goes elsewhere. */
final class CatchingUp implements Consumer<ClusterStatus> {

    private final String member;
    private final PrintWriter to;
    private String last = "";

    /**
     * Creates it.
     *
     * @param member {@code id@host:port}
     */
    CatchingUp(String member, PrintWriter to) {
        this.member = member;
        this.to = to;
    }

    @Override
    public void accept(ClusterStatus now) {
        for (ClusterMember each : now.members()) {
            if (member.equals(each.id() + "@" + each.address())) {
                String line = member + " catches up: entry " + each.entry() + " of " + (each.entry() + each.behind());
                if (!line.equals(last)) {
                    to.println(line);
                    to.flush();
                    last = line;
                }
            }
        }
    }
}
