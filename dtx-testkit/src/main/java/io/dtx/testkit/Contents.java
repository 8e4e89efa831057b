package io.dtx.testkit;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What is committed in the application's tables at a moment. Generated keys, times and UUIDs, which differ from run to run, say
 * only whether they are there.
 *
 * @param rows by {@code resource.TABLE}, each as text, sorted
 */
record Contents(Map<String, List<String>> rows) {

    private static final Set<Integer> VARYING =
            Set.of(Types.DATE, Types.TIME, Types.TIME_WITH_TIMEZONE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE);

    static Contents of(Map<String, DataSource> databases) throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (Map.Entry<String, DataSource> each : databases.entrySet()) {
            try (Connection connection = each.getValue().getConnection()) {
                for (String table : tables(connection)) {
                    rows.put(each.getKey() + "." + table, read(connection, table));
                }
            }
        }
        return new Contents(rows);
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        DatabaseMetaData about = connection.getMetaData();
        try (ResultSet tables = about.getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME");
                if (!name.toLowerCase(Locale.ROOT).startsWith("dtx_")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static List<String> read(Connection connection, String table) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString().trim();
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + quote + table + quote)) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.add(columns.getColumnName(i) + "=" + value(result, columns, i));
                }
                rows.add(String.join(" ", row));
            }
        }
        rows.sort(null);
        return rows;
    }

    private static String value(ResultSet result, ResultSetMetaData columns, int i) throws SQLException {
        String value = result.getString(i);
        boolean varies = columns.isAutoIncrement(i)
                || VARYING.contains(columns.getColumnType(i))
                || columns.getColumnTypeName(i).toUpperCase(Locale.ROOT).startsWith("UUID");
        return value == null ? "null" : varies ? "(some)" : value;
    }

    /** Returns what is different now: a line for each row that is gone or has come. */
    List<String> changesTo(Contents now) {
        Set<String> tables = new HashSet<>(rows.keySet());
        tables.addAll(now.rows.keySet());
        return tables.stream()
                .sorted()
                .flatMap(table -> {
                    List<String> before = rows.getOrDefault(table, List.of());
                    List<String> after = now.rows.getOrDefault(table, List.of());
                    return Stream.concat(
                            without(before, after).map(row -> table + " - " + row),
                            without(after, before).map(row -> table + " + " + row));
                })
                .toList();
    }

    private static Stream<String> without(List<String> rows, List<String> others) {
        List<String> left = new ArrayList<>(rows);
        others.forEach(left::remove);
        return left.stream();
    }
}
