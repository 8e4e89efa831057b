package io.dtx.runtime.participant.guard;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.GuardedResource.KnownTransactions;
import io.dtx.runtime.participant.GuardedResource.OpenSession;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.guard.SessionRows.SessionRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Deletes guard rows that nobody can need. A row may go once nothing can be inserted any more that it would have refused:
 * its transaction is unknown to the state and below the mark of its session, whether that session is open or ended, so that
 * whoever is stuck with it, under whichever session, is refused by the mark instead.
 */
final class Sweeping {

    private static final int PAGE = 200;

    private final StartedResource resource;
    private final SessionRows sessions;
    private final String guard;

    Sweeping(StartedResource resource, SessionRows sessions) {
        this.resource = resource;
        this.sessions = sessions;
        this.guard = resource.dialect().guard;
    }

    long sweep(Duration retention, Collection<OpenSession> open, KnownTransactions known) {
        Map<Long, Long> marks = raiseMarks(open, known);
        long deleted = 0;
        String from = prefix();
        while (true) {
            List<Candidate> page = page(from, retention);
            deleted += delete(page, marks, known);
            if (page.size() < PAGE) {
                break;
            }
            from = page.get(page.size() - 1).transaction();
        }
        marks.forEach((session, mark) -> {
            if (mark == Long.MAX_VALUE) {
                deleteSession(session);
            }
        });
        return deleted;
    }

    /** Fences and raises what can be, and returns the marks that are committed, by session. */
    private Map<Long, Long> raiseMarks(Collection<OpenSession> open, KnownTransactions known) {
        Map<Long, Long> openMarks = new HashMap<>();
        open.forEach(each -> openMarks.put(each.session(), each.low()));
        Map<Long, Long> marks = new HashMap<>();
        for (SessionRow row : sessions.all()) {
            Long mark = openMarks.get(row.session());
            if (mark == null && known.couldBeOpen(row.session())) {
                continue;
            }
            try {
                if (mark == null) {
                    if (row.active()) {
                        sessions.fence(row.session());
                    }
                    mark = known.lowest(row.session());
                }
                if (mark > row.low()) {
                    sessions.raiseLow(row.session(), mark);
                }
                marks.put(row.session(), Math.max(mark, row.low()));
            } catch (ResourceUnavailableException e) {
                marks.remove(row.session()); // held by somebody: its rows wait for the next sweep
            }
        }
        return marks;
    }

    private String prefix() {
        return resource.tag(1).text().substring("dtx-".length(), "dtx-".length() + 17);
    }

    /** Returns transactions of this cluster behind {@code from}, in the key's order. */
    private List<Candidate> page(String from, Duration retention) {
        String sql = "SELECT transaction_id, CASE WHEN MAX(created_at) < "
                + resource.dialect().secondsAgo() + " THEN 1 ELSE 0 END FROM " + guard
                + " WHERE transaction_id > ? AND transaction_id < ? GROUP BY transaction_id ORDER BY transaction_id LIMIT "
                + PAGE;
        return Objects.requireNonNull(resource.query("sweep: read", connection -> {
            List<Candidate> page = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, retention.toSeconds());
                statement.setString(2, from);
                statement.setString(3, prefix().replace('-', '.')); // the character behind '-'
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        page.add(new Candidate(Objects.requireNonNull(rows.getString(1)), rows.getInt(2) == 1));
                    }
                }
            }
            return page;
        }));
    }

    private long delete(List<Candidate> page, Map<Long, Long> marks, KnownTransactions known) {
        List<String> ids = new ArrayList<>();
        for (Candidate each : page) {
            TransactionId id = TransactionId.parse(each.transaction());
            Long mark = marks.get(id.session());
            if (each.old() && mark != null && id.number() < mark && !known.contains(id)) {
                ids.add(each.transaction());
            }
        }
        return ids.isEmpty() ? 0 : Objects.requireNonNull(resource.query("sweep: delete", c -> delete(c, ids)));
    }

    private long delete(Connection connection, List<String> ids) throws SQLException {
        long deleted = 0;
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM " + guard + " WHERE transaction_id = ?")) {
            for (String id : ids) {
                statement.setString(1, id);
                deleted += statement.executeUpdate();
            }
        }
        return deleted;
    }

    /** Deletes the row of an ended session that has no guard rows and that the state does not know. */
    private void deleteSession(long session) {
        String prefix = resource.tag(session).text().substring("dtx-".length());
        String sql = "DELETE FROM " + resource.dialect().session
                + " WHERE cluster = ? AND session = ? AND state = 'F' AND NOT EXISTS (SELECT 1 FROM " + guard
                + " WHERE transaction_id > ? AND transaction_id < ?)";
        resource.query("sweep: session", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, resource.owner().cluster());
                statement.setLong(2, session);
                statement.setString(3, prefix + '-');
                statement.setString(4, prefix + '.');
                return statement.executeUpdate();
            }
        });
    }

    /**
     * A transaction with guard rows.
     *
     * @param old whether all of its rows are older than the retention
     */
    private record Candidate(String transaction, boolean old) {}
}
