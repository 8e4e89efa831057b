package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.SimulatedDatabase.Answer;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a {@link SimulatedDatabase} does for each statement that guards send to an H2, and for the two that steps send. */
final class Sql {

    private static final String GUARD = "\"PUBLIC\".dtx_guard";
    private static final String SESSION = "\"PUBLIC\".dtx_session";
    private static final String META = "\"PUBLIC\".dtx_meta";
    static final String DO = "INSERT INTO effect (trip, leg) VALUES (?, ?)";
    static final String UNDO = "DELETE FROM effect WHERE trip = ? AND leg = ?";

    private final SimulatedConnection connection;
    private final SimulatedDatabase database;
    private final String sql;
    private final @Nullable Object[] values;

    private Sql(SimulatedConnection connection, String sql, @Nullable Object[] values) {
        this.connection = connection;
        this.database = connection.database();
        this.sql = sql;
        this.values = values;
    }

    static Answer execute(SimulatedConnection connection, String sql, @Nullable Object[] values) throws SQLException {
        return new Sql(connection, sql, values).execute();
    }

    private Answer execute() throws SQLException {
        if (sql.equals(DO) || sql.equals(UNDO)) {
            return effect();
        }
        if (sql.startsWith("SELECT LOCK_TIMEOUT()")) {
            return Answer.of(List.<Object[]>of(new Object[] {connection.lockTimeoutMillis()}));
        }
        if (sql.startsWith("SET LOCK_TIMEOUT ")) {
            connection.lockTimeoutMillis(Integer.parseInt(sql.substring("SET LOCK_TIMEOUT ".length())));
            return Answer.of(0);
        }
        if (sql.startsWith("CREATE TABLE")) {
            database.made |= sql.contains(META);
            return Answer.of(0);
        }
        if (!database.made) {
            throw new SQLException("there is no such table", "42S02");
        }
        connection.begin();
        return sql.startsWith("SELECT") ? Answer.of(select()) : Answer.of(change());
    }

    private Answer effect() {
        connection.begin();
        int trip = (Integer) value(1);
        int leg = (Integer) value(2);
        Effects effects = database.effects;
        connection.work().effects.add(sql.equals(DO) ? () -> effects.done(trip, leg) : () -> effects.undone(trip, leg));
        return Answer.of(1);
    }

    private List<Object[]> select() {
        LocalWork work = connection.work();
        if (sql.startsWith("SELECT kind, result FROM " + GUARD)) {
            Object[] row = database.guard.row(guardKey(1)).visible(work);
            return row == null ? List.of() : List.<Object[]>of(new Object[] {row[1], row[2]});
        }
        if (sql.startsWith("SELECT step_number, direction FROM " + GUARD)) {
            List<Object[]> rows = new ArrayList<>();
            database.guard.visible(work).forEach((key, row) -> {
                if (key.startsWith(value(1) + "|") && row[1].equals("E")) {
                    String[] parts = key.split("\\|");
                    rows.add(new Object[] {Long.parseLong(parts[1]), parts[2]});
                }
            });
            return rows;
        }
        if (sql.startsWith("SELECT transaction_id, CASE")) {
            return candidates(work);
        }
        if (sql.startsWith("SELECT database_id")) {
            return List.copyOf(database.meta.visible(work).values());
        }
        List<Object[]> rows = new ArrayList<>();
        boolean foreign = sql.startsWith("SELECT cluster, session FROM " + SESSION);
        for (Object[] row : database.session.visible(work).values()) {
            if (foreign
                    ? row[2].equals(value(1))
                            && row[3].equals(value(2))
                            && row[4].equals("A")
                            && !row[0].equals(value(3))
                    : row[0].equals(value(1))) {
                rows.add(foreign ? new Object[] {row[0], row[1]} : new Object[] {row[1], row[4], row[5]});
            }
        }
        return rows;
    }

    private List<Object[]> candidates(LocalWork work) {
        long before = database.kernel.nanos() - (Long) value(1) * 1_000_000_000L;
        Map<String, Long> newest = new TreeMap<>();
        database.guard.visible(work).forEach((key, row) -> {
            String id = key.substring(0, key.indexOf('|'));
            if (id.compareTo((String) value(2)) > 0 && id.compareTo((String) value(3)) < 0) {
                newest.merge(id, (Long) row[0], Math::max);
            }
        });
        List<Object[]> rows = new ArrayList<>();
        newest.forEach((id, at) -> rows.add(new Object[] {id, at < before ? 1 : 0}));
        return rows;
    }

    private int change() throws SQLException {
        if (sql.startsWith("INSERT INTO " + GUARD)) {
            return insertGuard();
        }
        if (sql.startsWith("INSERT INTO " + SESSION)) {
            return insertSession();
        }
        if (sql.startsWith("INSERT INTO " + META)) {
            String id = sql.substring(sql.indexOf('\'') + 1, sql.lastIndexOf('\''));
            return insert(database.meta.row("1"), new Object[] {id, 1});
        }
        if (sql.startsWith("UPDATE " + SESSION)) {
            return updateSession();
        }
        if (sql.startsWith("DELETE FROM " + SESSION)) {
            return deleteSession();
        }
        if (sql.startsWith("DELETE FROM " + GUARD + " WHERE transaction_id = ?")) {
            return deleteGuards((String) value(1));
        }
        if (sql.startsWith("DELETE FROM " + GUARD)) {
            return 0; // what a trial would have left behind
        }
        throw new SQLException("not known here: " + sql, "42000");
    }

    private int insertGuard() throws SQLException {
        boolean foreign = sql.contains(" a, ");
        boolean locks = sql.endsWith("FOR UPDATE");
        boolean asksForState = sql.contains("state = 'A'");
        boolean asksForLow = sql.contains("low <= ?");
        long number = (Long) value(foreign ? 10 : 8);
        Table.Row actor = database.session.row(value(6) + "|" + value(7));
        Table.Row owner = foreign ? database.session.row(value(8) + "|" + value(9)) : actor;
        if (locks) {
            database.lock(actor, connection);
            database.lock(owner, connection);
        }
        Object[] acting = actor.visible(connection.work());
        Object[] owning = owner.visible(connection.work());
        String kind = sql.contains("CURRENT_TIMESTAMP, 'E'") ? "E" : "T";
        boolean active = acting != null && (!asksForState || acting[4].equals("A"));
        if (!active || owning == null || (asksForLow && (Long) owning[5] > number)) {
            if (!value(6).equals(0L)) { // a trial has no session
                Kernel.reached("guard row " + kind + value(3) + " refused: " + (active ? "too old" : "fenced"));
            }
            return 0;
        }
        Kernel.reached("guard row " + kind + value(3) + " written");
        return insert(database.guard.row(guardKey(1)), new Object[] {database.kernel.nanos(), kind, value(5)});
    }

    private int insertSession() throws SQLException {
        boolean trial = sql.contains("(0, ?, '', '', 'A', 1)");
        Object[] row = trial
                ? new Object[] {0L, value(1), "", "", "A", 1L}
                : new Object[] {value(1), value(2), value(3), value(4), sql.contains("'A'") ? "A" : "F", 0L};
        return insert(database.session.row(row[0] + "|" + row[1]), row);
    }

    private int insert(Table.Row row, Object[] inserted) throws SQLException {
        boolean own = row.writer == connection.work();
        if (!own && row.writer == null && row.latest() != null) {
            throw duplicate(row);
        }
        database.lock(row, connection);
        if (row.pending != null) {
            Kernel.reached("duplicate key");
            throw duplicate(row);
        }
        row.pending = inserted;
        return 1;
    }

    private static SQLException duplicate(Table.Row row) {
        return new SQLException("there is a row " + row.key, "23505");
    }

    private int updateSession() throws SQLException {
        boolean trial = sql.contains("cluster = 0");
        Table.Row row = database.session.row(trial ? "0|" + value(1) : value(1) + "|" + value(2));
        if (row.visible(connection.work()) == null) {
            return 0;
        }
        database.lock(row, connection);
        Object[] before = row.pending;
        if (before == null) {
            return 0;
        }
        Object[] after = before.clone();
        if (sql.contains("SET low = ")) {
            long low = Long.parseLong(sql.substring(sql.indexOf("low = ") + 6, sql.indexOf(" WHERE")));
            if ((Long) before[5] >= low) {
                return 0;
            }
            after[5] = low;
        } else {
            after[4] = "F";
        }
        row.pending = after;
        return 1;
    }

    private int deleteSession() throws SQLException {
        if (!sql.contains("NOT EXISTS")) {
            return 0; // what a trial would have left behind
        }
        Table.Row row = database.session.row(value(1) + "|" + value(2));
        Object[] seen = row.visible(connection.work());
        boolean used = database.guard.visible(connection.work()).keySet().stream()
                .anyMatch(key -> key.compareTo((String) value(3)) > 0 && key.compareTo((String) value(4)) < 0);
        if (seen == null || !seen[4].equals("F") || used) {
            return 0;
        }
        database.lock(row, connection);
        row.pending = null;
        Kernel.reached("session row swept");
        return 1;
    }

    private int deleteGuards(String id) throws SQLException {
        int deleted = 0;
        for (String key : database.guard.visible(connection.work()).keySet()) {
            if (key.startsWith(id + "|")) {
                Table.Row row = database.guard.row(key);
                database.lock(row, connection);
                row.pending = null;
                deleted++;
                Kernel.reached("guard row swept");
            }
        }
        return deleted;
    }

    private String guardKey(int first) {
        return value(first) + "|" + value(first + 1) + "|" + value(first + 2);
    }

    private Object value(int place) {
        Object value = values[place - 1];
        return value == null ? "" : value;
    }
}
