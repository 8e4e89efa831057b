package io.dtx.runtime.participant.xa;

import io.dtx.DtxException;
import io.dtx.spi.XaSource.XaConnection;
import java.sql.Connection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * What every resource proves at the start: a branch that is prepared on one of its connections is listed on another one, and on
 * none of another resource. So whoever survives can finish what this process leaves.
 */
final class Probe {

    private final String node;

    Probe(String node) {
        this.node = node;
    }

    /**
     * Proves them all.
     *
     * @throws DtxException if one does not answer or cannot take part; the message names the setting
     */
    void run(Collection<RegisteredResource> resources) {
        for (RegisteredResource each : resources) {
            try (XaConnection connection = Greeting.open(each)) {
                if (!JdbcConnection.isH2(connection)) {
                    prove(each, connection, resources);
                }
            } catch (DtxException e) {
                throw e;
            } catch (Exception e) {
                throw Greeting.unanswered(each, e);
            }
        }
    }

    private void prove(RegisteredResource resource, XaConnection connection, Collection<RegisteredResource> resources)
            throws Exception {
        XAResource branch = connection.resource();
        Xid xid = new PlainXid(node);
        if (!prepare(resource, branch, xid)) {
            list(resource); // votes read-only for an empty branch: that it lists anything is all it can prove
            return;
        }
        try {
            String place = list(resource).get(xid);
            if (place == null) {
                throw new DtxException(
                        null,
                        "DTX-3504 resource \"" + resource.name()
                                + "\": a branch that was prepared on one connection is not"
                                + " listed on another one, so nobody could finish it after a crash. Do all connections lead"
                                + " to the same database server, and may this user see prepared transactions? If this"
                                + " process has stood still in between, others have ended the branch: start it again.",
                        null);
            }
            for (RegisteredResource other : resources) {
                if (other != resource
                        && place != null
                        && place.equals(list(other).get(xid))) {
                    throw new DtxException(
                            null,
                            "DTX-3505 resources \"" + resource.name() + "\" and \"" + other.name()
                                    + "\" are the same database: register it once, and use it under one name.",
                            null);
                }
            }
        } finally {
            InDoubt.rollback(branch, xid);
        }
    }

    private static boolean prepare(RegisteredResource resource, XAResource branch, Xid xid) {
        try {
            branch.start(xid, XAResource.TMNOFLAGS);
            branch.end(xid, XAResource.TMSUCCESS);
            return branch.prepare(xid) != XAResource.XA_RDONLY;
        } catch (XAException e) {
            try {
                branch.rollback(xid);
            } catch (XAException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new DtxException(
                    null,
                    "DTX-3502 resource \"" + resource.name() + "\" cannot prepare a branch: " + Greeting.text(e)
                            + ". PostgreSQL: set max_prepared_transactions to at least the number of connections of all"
                            + " processes (its default is 0), and restart it.",
                    e);
        }
    }

    /** Returns the branches that a new connection of a resource lists, each with the database that it was listed in. */
    private static Map<Xid, String> list(RegisteredResource resource) throws Exception {
        Map<Xid, String> listed = new LinkedHashMap<>();
        try (XaConnection connection = Greeting.open(resource)) {
            String place = ""; // no database
            if (connection instanceof JdbcConnection jdbc) {
                try (Connection plain = jdbc.connection().getConnection()) {
                    place = String.valueOf(plain.getCatalog());
                }
            }
            for (Xid each : InDoubt.list(connection.resource())) {
                listed.put(new PlainXid(each), place);
            }
        } catch (XAException e) {
            throw Greeting.unlisted(resource, e);
        }
        return listed;
    }
}
