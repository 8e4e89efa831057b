package io.dtx.runtime.participant.xa;

import io.dtx.DtxException;
import io.dtx.spi.XaSource.XaConnection;
import java.sql.Connection;
import java.sql.SQLException;
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
    private final boolean h2Allowed;

    Probe(String node, boolean h2Allowed) {
        this.node = node;
        this.h2Allowed = h2Allowed;
    }

    /**
     * Proves them all.
     *
     * @throws DtxException if one does not answer or cannot take part; the message names the setting
     */
    void run(Collection<RegisteredResource> resources) {
        for (RegisteredResource each : resources) {
            try (XaConnection connection = open(each)) {
                if (!isH2(each, connection)) {
                    prove(each, connection, resources);
                }
            } catch (DtxException e) {
                throw e;
            } catch (Exception e) {
                throw unanswered(each, e);
            }
        }
    }

    private static XaConnection open(RegisteredResource resource) {
        try {
            return resource.source().open();
        } catch (Exception e) {
            throw unanswered(resource, e);
        }
    }

    /** Returns whether it is H2, which is accepted for tests and could prove nothing. */
    private boolean isH2(RegisteredResource resource, XaConnection connection) throws SQLException {
        if (!(connection instanceof JdbcConnection jdbc)) {
            return false;
        }
        String product;
        try (Connection plain = jdbc.connection().getConnection()) {
            product = plain.getMetaData().getDatabaseProductName();
        }
        if (product.equals("H2") && !h2Allowed) {
            throw new DtxException(
                    null,
                    "DTX-3506 resource \"" + resource.name()
                            + "\" is H2, which loses or breaks prepared branches when the"
                            + " process that prepared them ends. Use PostgreSQL or MariaDB; for tests without crashes set"
                            + " dtx.xa.h2.allowed=true.",
                    null);
        }
        return product.equals("H2");
    }

    private void prove(RegisteredResource resource, XaConnection connection, Collection<RegisteredResource> resources)
            throws Exception {
        XAResource branch = connection.resource();
        Xid xid = new ProbeXid(node);
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
                                + " to the same database server, and may this user see prepared transactions?",
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
                    "DTX-3502 resource \"" + resource.name() + "\" cannot prepare a branch: " + text(e)
                            + ". PostgreSQL: set max_prepared_transactions to at least the number of connections of all"
                            + " processes (its default is 0), and restart it.",
                    e);
        }
    }

    /** Returns the branches that a new connection of a resource lists, each with the database that it was listed in. */
    private static Map<Xid, String> list(RegisteredResource resource) throws Exception {
        Map<Xid, String> listed = new LinkedHashMap<>();
        try (XaConnection connection = open(resource)) {
            String place = ""; // no database
            if (connection instanceof JdbcConnection jdbc) {
                try (Connection plain = jdbc.connection().getConnection()) {
                    place = String.valueOf(plain.getCatalog());
                }
            }
            for (Xid each : InDoubt.list(connection.resource())) {
                listed.put(new ProbeXid(each), place);
            }
        } catch (XAException e) {
            throw new DtxException(
                    null,
                    "DTX-3503 resource \"" + resource.name() + "\" does not list prepared branches: " + text(e)
                            + ". Its user needs the right to see them. PostgreSQL: SELECT on pg_prepared_xacts; MySQL:"
                            + " XA_RECOVER_ADMIN.",
                    e);
        }
        return listed;
    }

    private static DtxException unanswered(RegisteredResource resource, Exception e) {
        return new DtxException(
                null,
                "DTX-3501 resource \"" + resource.name() + "\" does not answer: " + text(e)
                        + ". Is it up, and are address, user and password right?",
                e);
    }

    private static String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            text.append(text.length() == 0 ? "" : ": ").append(each.getMessage());
        }
        return text.toString().replaceAll("\\p{Cntrl}+", " ");
    }
}
