package io.dtx.runtime.crash;

import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.protocol.StepNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What is left when everything is over: all that the audit judges.
 *
 * @param resources the names, in the order of the saga's steps
 * @param effects the lines of the business tables
 * @param guards the guard rows
 * @param differences by resource, what its accounts hold beyond the sum of its lines
 * @param sessions by resource, how many sessions are ACTIVE
 * @param transactions what the log says
 * @param told what the callers were told
 */
record Facts(
        List<String> resources,
        List<Effect> effects,
        List<Guard> guards,
        Map<String, Long> differences,
        Map<String, Long> sessions,
        List<TransactionHistory> transactions,
        List<Told.Line> told) {

    /** A line of a business table. */
    record Effect(String resource, int order, String transaction, char direction, long amount, long atNanos) {}

    /** A guard row; the step as in a history. */
    record Guard(String resource, String transaction, String step, char direction, char kind) {}

    /** Reads them. */
    static Facts read(Map<String, DataSource> databases, List<TransactionHistory> transactions, Path told)
            throws SQLException, IOException {
        Facts facts = new Facts(
                List.copyOf(databases.keySet()),
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                transactions,
                Told.read(told));
        for (Map.Entry<String, DataSource> each : databases.entrySet()) {
            try (Connection connection = each.getValue().getConnection();
                    Statement statement = connection.createStatement()) {
                facts.read(each.getKey(), statement);
            }
        }
        return facts;
    }

    private void read(String resource, Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "SELECT order_number, transaction_id, direction, amount, at_nanos FROM effect")) {
            while (rows.next()) {
                effects.add(new Effect(
                        resource,
                        rows.getInt(1),
                        rows.getString(2),
                        rows.getString(3).charAt(0),
                        rows.getLong(4),
                        rows.getLong(5)));
            }
        }
        try (ResultSet rows =
                statement.executeQuery("SELECT transaction_id, step_number, direction, kind FROM dtx_guard")) {
            while (rows.next()) {
                guards.add(new Guard(
                        resource,
                        rows.getString(1),
                        StepNumber.text(rows.getLong(2)),
                        rows.getString(3).charAt(0),
                        rows.getString(4).charAt(0)));
            }
        }
        differences.put(
                resource,
                number(
                        statement,
                        "SELECT (SELECT sum(amount) FROM account) - (SELECT coalesce(sum(CASE direction WHEN 'D'"
                                + " THEN amount ELSE -amount END), 0) FROM effect)"));
        sessions.put(resource, number(statement, "SELECT count(*) FROM dtx_session WHERE state = 'A'"));
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
