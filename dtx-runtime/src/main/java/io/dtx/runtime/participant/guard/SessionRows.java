package io.dtx.runtime.participant.guard;

import io.dtx.FencedException;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.guard.Ended.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The sessions of one log as the database knows them: what lets a guard row in, or not. */
final class SessionRows {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final StartedResource resource;
    private final Blockers blockers;
    private final String table;
    private final long cluster;

    SessionRows(StartedResource resource) {
        this(resource, resource.owner().cluster());
    }

    /** Those of another log, which are only ever read and fenced. */
    SessionRows(StartedResource resource, long cluster) {
        this.resource = resource;
        this.blockers = new Blockers(resource);
        this.table = resource.dialect().session;
        this.cluster = cluster;
    }

    /** Inserts the row, once: an ended session must not make itself a new one. */
    void open(long session) {
        Patience patience = new Patience(System.nanoTime() + PATIENCE_NANOS);
        boolean mayBeOurs = false;
        Ended ended;
        do {
            ended = resource.own("open session", transaction -> {
                insert(transaction.connection(), session, 'A');
                return null;
            });
            if (ended.is(Kind.COMMITTED)) {
                return;
            }
            if (isDuplicate(ended)) {
                SessionRow row = read(session);
                if (mayBeOurs && row != null && row.active()) {
                    return;
                }
                throw new FencedException(
                        null,
                        "DTX-3016 session " + session + " was ended before it was opened on resource \""
                                + resource.name() + "\": somebody else has taken over.",
                        ended.failure());
            }
            mayBeOurs |= ended.is(Kind.UNKNOWN);
        } while (patience.pause());
        throw resource.unavailable("open session", ended.failure());
    }

    /** Marks the session as ended, in a transaction of its own, and ends what its connections have open. */
    void fence(long session) {
        fence(session, true);
    }

    /**
     * Marks all as ended that are there, and ends what the connections of each have open: also of one that somebody else has
     * marked, an operator for example. None is made: one that is missing refuses guard rows, and made anew it would not.
     */
    void fenceAll() {
        for (SessionRow each : all()) {
            if (each.active()) {
                fence(each.session(), false);
            } else {
                blockers.endTransactions(SessionTag.of(cluster, each.session()));
            }
        }
    }

    private void fence(long session, boolean makes) {
        Patience patience = new Patience(System.nanoTime() + PATIENCE_NANOS);
        Ended ended;
        do {
            ended = resource.own("fence", transaction -> {
                Connection connection = transaction.connection();
                if (update(connection, "state = 'F'", session, "") == 0 && makes) {
                    insert(connection, session, 'F');
                }
                return null;
            });
            blockers.endTransactions(SessionTag.of(cluster, session));
            if (ended.is(Kind.COMMITTED)) {
                return;
            }
        } while (patience.pause());
        throw resource.unavailable("fence", ended.failure());
    }

    /** Raises the mark; a higher one stays. */
    void raiseLow(long session, long low) {
        Ended ended = resource.own("raise low", transaction -> {
            update(transaction.connection(), "low = " + low, session, " AND low < " + low);
            return null;
        });
        if (!ended.is(Kind.COMMITTED)) {
            throw resource.unavailable("raise low", ended.failure());
        }
    }

    /** Returns whether guard rows of this call are let in: if one was not, its check read from an old snapshot. */
    boolean allows(StepCall call) {
        return isOpen(call.session()) && knows(call.transaction());
    }

    /**
     * Returns whether a transaction that was restored was over already in the log that it began in: guard rows of it may have
     * been swept since, and none can be inserted any more, by whomever.
     */
    boolean isOver(StepCall call) {
        return call.transaction().cluster() != cluster && isOpen(call.session()) && !knows(call.transaction());
    }

    private boolean isOpen(long session) {
        SessionRow row = read(session);
        return row != null && row.active();
    }

    private boolean knows(TransactionId transaction) {
        SessionRow owner = new SessionRows(resource, transaction.cluster()).read(transaction.session());
        return owner != null && owner.low() <= transaction.number();
    }

    private @Nullable SessionRow read(long session) {
        for (SessionRow each : all()) {
            if (each.session() == session) {
                return each;
            }
        }
        return null;
    }

    /** Returns the rows of this log. */
    List<SessionRow> all() {
        return Objects.requireNonNull(resource.query("read sessions", connection -> {
            List<SessionRow> rows = new ArrayList<>();
            String sql = "SELECT session, state, low FROM " + table + " WHERE cluster = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, cluster);
                try (ResultSet found = statement.executeQuery()) {
                    while (found.next()) {
                        rows.add(new SessionRow(found.getLong(1), "A".equals(found.getString(2)), found.getLong(3)));
                    }
                }
            }
            return rows;
        }));
    }

    private boolean isDuplicate(Ended ended) {
        return ended.failure() instanceof SQLException failure
                && resource.dialect().classify(failure) == SqlFailure.DUPLICATE;
    }

    private int update(Connection connection, String change, long session, String condition) throws SQLException {
        String sql = "UPDATE " + table + " SET " + change + " WHERE cluster = ? AND session = ?" + condition;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, cluster);
            statement.setLong(2, session);
            return statement.executeUpdate();
        }
    }

    private void insert(Connection connection, long session, char state) throws SQLException {
        String sql = "INSERT INTO " + table + " (cluster, session, application, node, state, low) VALUES (?, ?, ?, ?, '"
                + state + "', 0)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, cluster);
            statement.setLong(2, session);
            statement.setString(3, state == 'A' ? resource.owner().application() : "");
            statement.setString(4, state == 'A' ? resource.owner().node() : "");
            statement.executeUpdate();
        }
    }

    /** One row: an open session, or an ended one, and its low-water mark. */
    record SessionRow(long session, boolean active, long low) {}
}
