package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.Text;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;

/** Whoever holds a lock that we wait for, ended where the database lets us, else named in the log. */
final class Blockers {

    private static final Logger LOG = System.getLogger("io.dtx.guard");

    private final StartedResource resource;

    Blockers(StartedResource resource) {
        this.resource = resource;
    }

    /** Ends what the connections of an ended session have open. */
    void endTransactions(SessionTag tag) {
        try {
            int left = Objects.requireNonNullElse(
                    resource.query(
                            "end transactions", connection -> resource.dialect().endTransactions(connection, tag)),
                    0);
            if (left > 0) {
                LOG.log(
                        Level.WARNING,
                        "DTX-3019 {0} transactions of the ended session {1} are still open on resource \"{2}\" and may not be"
                                + " ended by us: terminate the connections of that name.",
                        left,
                        tag.text(),
                        resource.name());
            }
        } catch (ResourceUnavailableException e) {
            LOG.log(
                    Level.WARNING,
                    "DTX-3019 transactions of the ended session {0} could not be ended on resource \"{1}\": {2}. Terminate the"
                            + " connections of that name if they stand in the way.",
                    tag.text(),
                    resource.name(),
                    Text.of(e.getCause()));
        }
    }

    /** Ends the transaction that has inserted the same guard row and neither commits nor rolls back. */
    void endHolder(GuardRow row) {
        try {
            resource.query("end blocker", connection -> resource.dialect().endHolder(connection, row));
        } catch (ResourceUnavailableException e) {
            LOG.log(
                    Level.WARNING,
                    "DTX-3019 the transaction that holds back step {0} of {1} on resource \"{2}\" could not be ended: {3}",
                    row.step(),
                    row.transaction(),
                    resource.name(),
                    Text.of(e.getCause()));
        }
    }
}
