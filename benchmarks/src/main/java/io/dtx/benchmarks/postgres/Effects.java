package io.dtx.benchmarks.postgres;

import io.dtx.benchmarks.load.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What a step does to its database: it adds a row. Nothing keeps two of them from being added, so an audit sees both. */
public final class Effects {

    private Effects() {}

    /** Makes the table. */
    public static void createTable(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE effect (caller int NOT NULL, sequence int NOT NULL)");
        }
    }

    /** Adds the row of a step. */
    public static void add(Connection connection, int caller, int sequence) throws SQLException {
        change(connection, "INSERT INTO effect (caller, sequence) VALUES (?, ?)", caller, sequence);
    }

    static void remove(Connection connection, int caller, int sequence) throws SQLException {
        change(connection, "DELETE FROM effect WHERE caller = ? AND sequence = ?", caller, sequence);
    }

    private static void change(Connection connection, String sql, int caller, int sequence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, caller);
            statement.setInt(2, sequence);
            statement.executeUpdate();
        }
    }

    /** Marks what is in effect in a database as this step of its sagas. */
    public static void markAll(DataSource database, Ledger ledger, int step) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT caller, sequence FROM effect")) {
            while (rows.next()) {
                ledger.mark(rows.getInt(1), rows.getInt(2), step);
            }
        }
    }
}
