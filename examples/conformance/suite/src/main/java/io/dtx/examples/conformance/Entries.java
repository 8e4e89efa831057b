package io.dtx.examples.conformance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The one table that both databases have. */
final class Entries {

    private Entries() {}

    static long add(DataSource database, String what) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into entry(what) values (?)", new String[] {"id"})) {
            insert.setString(1, what);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    static int remove(DataSource database, String what) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from entry where what = ?")) {
            delete.setString(1, what);
            return delete.executeUpdate();
        }
    }

    static String all(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select coalesce(listagg(what, ', ') within group (order by id), '') from entry");
                ResultSet found = select.executeQuery()) {
            found.next();
            return found.getString(1);
        }
    }
}
