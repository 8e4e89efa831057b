package io.dtx.runtime.participant.guard;

import io.dtx.DtxException;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.Text;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the guard tables, or finds out that they are there and keep their promise. A trial decides, not what DDL answered. */
final class GuardTables {

    private static final System.Logger LOG = System.getLogger(GuardTables.class.getName());

    private static final int SCHEMA_VERSION = 1;
    private static final long CREATE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Set<Integer> FORBIDDEN = Set.of(1044, 1142, 90040, 90096); // MariaDB's, H2's

    private final StartedResource resource;

    private GuardTables(StartedResource resource) {
        this.resource = resource;
    }

    /** Connects, prepares the tables and returns the resource with its database's identity. */
    static StartedResource prepare(String name, TransactionSource source, ResourceOwner owner) {
        try {
            source.start(name);
        } catch (SQLException e) {
            throw new ResourceUnavailableException(
                    "DTX-3001 resource \"" + name + "\" does not answer: " + Text.of(e)
                            + ". Start the database, or correct the data source.",
                    e);
        }
        GuardTables tables = new GuardTables(new StartedResource(name, source, owner, ""));
        tables.makeOrValidate(owner.createTables());
        String databaseId = tables.databaseId();
        tables.refuseForeignSession();
        tables.tellOfForeignSession();
        return new StartedResource(name, source, owner, databaseId);
    }

    private void makeOrValidate(boolean create) {
        Patience patience = new Patience(System.nanoTime() + CREATE_NANOS);
        SQLException refused = null;
        Throwable wrong = TableTrial.run(resource);
        boolean mayChange = create || isBroken(wrong);
        while (wrong != null && mayChange) { // another process may be at it, or the connection broke
            if (create && !isBroken(wrong) && !isForbidden(refused)) {
                refused = create();
            }
            wrong = TableTrial.run(resource);
            mayChange = (refused != null || isBroken(wrong)) && patience.pause();
        }
        if (wrong == null) {
            return;
        }
        if (refused != null) {
            wrong.addSuppressed(refused);
        }
        if (isBroken(wrong)) {
            throw resource.unavailable("validate tables", wrong);
        }
        throw new DtxException(
                null,
                "DTX-3002 the guard tables of resource \"" + resource.name() + "\" are missing or wrong: "
                        + Text.of(wrong)
                        + ". Let dtx create them (dtx.guard.ddl=create, with the right to), or run:\n"
                        + String.join(";\n", resource.dialect().createTables()) + ';',
                wrong);
    }

    /** Returns whether the connection broke: that says nothing of the tables. */
    private static boolean isBroken(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String state = each instanceof SQLException sql ? sql.getSQLState() : null;
            if (each instanceof ResourceUnavailableException || (state != null && state.startsWith("08"))) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether statements were refused for want of rights: to send them again is no use. */
    private static boolean isForbidden(@Nullable SQLException refused) {
        return refused != null && ("42501".equals(refused.getSQLState()) || FORBIDDEN.contains(refused.getErrorCode()));
    }

    private @Nullable SQLException create() {
        SQLException refused = null;
        for (String sql : resource.dialect().createTables()) {
            try {
                resource.source().define(connection -> Dialect.execute(connection, sql));
            } catch (SQLException e) {
                refused = e;
            }
        }
        return refused;
    }

    private String databaseId() {
        Patience patience = new Patience(System.nanoTime() + CREATE_NANOS);
        do {
            String id = readDatabaseId();
            if (id != null) {
                return id;
            }
            String sql = "INSERT INTO " + resource.dialect().meta + " (id, database_id, schema_version) VALUES (1, '"
                    + UUID.randomUUID() + "', " + SCHEMA_VERSION + ")";
            resource.own("name the database", transaction -> {
                Dialect.execute(transaction.connection(), sql);
                return null;
            });
        } while (patience.pause());
        throw resource.unavailable("name the database", null);
    }

    private @Nullable String readDatabaseId() {
        return resource.query("read the database's name", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT database_id, schema_version FROM " + resource.dialect().meta + " WHERE id = 1")) {
                if (!rows.next()) {
                    return null;
                }
                if (rows.getInt(2) != SCHEMA_VERSION) {
                    throw new DtxException(
                            null,
                            "DTX-3002 the guard tables of resource \"" + resource.name() + "\" have version "
                                    + rows.getInt(2) + "; this dtx works with " + SCHEMA_VERSION
                                    + ". Run one version on a database.",
                            null);
                }
                return rows.getString(1);
            }
        });
    }

    /** Two logs under one name mean that one was deleted or restored: what the other one had open would never be ended. */
    private void refuseForeignSession() {
        ResourceOwner owner = resource.owner();
        Foreign foreign = foreign("=");
        if (foreign != null) {
            throw new DtxException(
                    null,
                    "DTX-3005 in resource \"" + resource.name() + "\" application '" + Text.line(owner.application())
                            + "' on node '" + Text.line(owner.node()) + "' still has session " + foreign.session()
                            + " of another coordinator log: was the log directory deleted, or an old one restored? Put the right"
                            + " one back, and it finishes what is open. If it is lost for good, end its processes, settle by hand"
                            + " what was open in it (not if this log was restored from a backup of it: what was open is PARKED"
                            + " then), and run: UPDATE " + resource.dialect().session
                            + " SET state = 'F' WHERE application = '"
                            + Text.line(owner.application()) + "' AND node = '" + Text.line(owner.node())
                            + "' AND cluster <> " + owner.cluster()
                            + ". Applications that share a database need names of their own (dtx.application, dtx.node).",
                    null);
        }
    }

    /** Other nodes may well have logs of their own. Or this is the one that had it, under another name, and without its log. */
    private void tellOfForeignSession() {
        Foreign foreign = foreign("<>");
        if (foreign != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-3037 in resource \"" + resource.name() + "\" application '"
                            + Text.line(resource.owner().application()) + "' has session " + foreign.session()
                            + " on node '" + Text.line(foreign.node())
                            + "', of another coordinator log. That is as it should be if"
                            + " that node has a log directory of its own. If its directory is gone, what it had open stays as it is:"
                            + " put the directory back, and start a process on it.");
        }
    }

    private record Foreign(String node, String session) {}

    /** Returns a session of this application and another log that was not fenced, on this node or on others; null: there is none. */
    private @Nullable Foreign foreign(String nodeIs) {
        String sql = "SELECT node, cluster, session FROM " + resource.dialect().session
                + " WHERE application = ? AND node " + nodeIs + " ? AND state = 'A' AND cluster <> ? ORDER BY node";
        ResourceOwner owner = resource.owner();
        return resource.query("read sessions", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, owner.application());
                statement.setString(2, owner.node());
                statement.setLong(3, owner.cluster());
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next()
                            ? new Foreign(
                                    rows.getString(1),
                                    SessionTag.of(rows.getLong(2), rows.getLong(3))
                                            .text())
                            : null;
                }
            }
        });
    }
}
