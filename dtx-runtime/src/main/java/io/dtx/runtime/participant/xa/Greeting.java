package io.dtx.runtime.participant.xa;

import io.dtx.DtxException;
import io.dtx.spi.XaSource.XaConnection;
import java.util.Collection;
import javax.transaction.xa.XAException;

/** The first words with every resource, before anything is written to it: it answers, and says what is in doubt there. */
final class Greeting {

    private final boolean h2Allowed;

    Greeting(boolean h2Allowed) {
        this.h2Allowed = h2Allowed;
    }

    /**
     * Greets them all.
     *
     * @throws DtxException if one does not answer or cannot take part; the message names the setting
     */
    void run(Collection<RegisteredResource> resources) {
        for (RegisteredResource each : resources) {
            try (XaConnection connection = open(each)) {
                refuseH2(each, connection);
                list(each, connection);
            } catch (DtxException e) {
                throw e;
            } catch (Exception e) {
                throw unanswered(each, e);
            }
        }
    }

    private void refuseH2(RegisteredResource resource, XaConnection connection) throws Exception {
        if (!h2Allowed && JdbcConnection.isH2(connection)) {
            throw new DtxException(
                    null,
                    "DTX-3506 resource \"" + resource.name()
                            + "\" is H2, which loses or breaks prepared branches when the"
                            + " process that prepared them ends. Use PostgreSQL or MariaDB; for tests without crashes set"
                            + " dtx.xa.h2.allowed=true.",
                    null);
        }
    }

    private static void list(RegisteredResource resource, XaConnection connection) {
        try {
            InDoubt.list(connection.resource());
        } catch (XAException e) {
            throw unlisted(resource, e);
        }
    }

    static DtxException unlisted(RegisteredResource resource, XAException e) {
        return new DtxException(
                null,
                "DTX-3503 resource \"" + resource.name() + "\" does not list prepared branches: " + text(e)
                        + ". Its user needs the right to see them. PostgreSQL: SELECT on pg_prepared_xacts; MySQL:"
                        + " XA_RECOVER_ADMIN.",
                e);
    }

    static XaConnection open(RegisteredResource resource) {
        try {
            return resource.source().open();
        } catch (Exception e) {
            throw unanswered(resource, e);
        }
    }

    static DtxException unanswered(RegisteredResource resource, Exception e) {
        return new DtxException(
                null,
                "DTX-3501 resource \"" + resource.name() + "\" does not answer: " + text(e)
                        + ". Is it up, and are address, user and password right?",
                e);
    }

    /** Returns what a failure and its causes say, on one line. */
    static String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            text.append(text.length() == 0 ? "" : ": ").append(each.getMessage());
        }
        return text.toString().replaceAll("\\p{Cntrl}+", " ");
    }
}
