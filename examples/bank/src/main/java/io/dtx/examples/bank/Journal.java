package io.dtx.examples.bank;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What the bank was asked for, and what it answered; written aside of every transaction. */
record Journal(DataSource database) {

    /** What a caller was told. */
    enum Answer {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    void ask(long number, String kind) throws SQLException {
        update("INSERT INTO request VALUES (?, ?)", number, kind);
    }

    void answer(long number, Answer answer) throws SQLException {
        update("UPDATE request SET answer = ? WHERE transaction = ?", answer.name(), number);
    }

    /** Returns how many branches are prepared in the server's databases. */
    long prepared() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM pg_prepared_xacts");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
