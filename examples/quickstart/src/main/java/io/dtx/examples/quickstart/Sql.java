package io.dtx.examples.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** One statement with its parameters. */
final class Sql {

    private Sql() {}

    /** Returns how many rows it changed. */
    static int update(DataSource database, String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Does it for each list of parameters, in one transaction. */
    static void updateAll(DataSource database, String sql, Stream<List<?>> parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (List<?> each : parameters.toList()) {
                set(statement, each);
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        }
    }

    /** Returns the key that the database gave to the new row. */
    static long insert(DataSource database, String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, parameters)) {
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong("ID");
            }
        }
    }

    /** Returns all rows. */
    static <T> List<T> select(DataSource database, Row<T> row, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS);
        set(statement, List.of(parameters));
        return statement;
    }

    private static void set(PreparedStatement statement, List<?> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }

    /** Makes an object of the row that a result is at. */
    interface Row<T> {
        /** Reads it. */
        T read(ResultSet row) throws SQLException;
    }
}
