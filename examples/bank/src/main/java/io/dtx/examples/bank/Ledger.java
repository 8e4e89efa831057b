package io.dtx.examples.bank;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The accounts and bookings of one database. */
record Ledger(DataSource database) {

    /** Makes the tables, with accounts of 1000.00 each. */
    static void create(DataSource database, int accounts) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE account (id INT PRIMARY KEY, opening BIGINT NOT NULL, balance BIGINT NOT NULL)");
            statement.execute(
                    "CREATE TABLE booking (transfer BIGINT PRIMARY KEY, account INT NOT NULL, cents BIGINT NOT NULL)");
            statement.execute("CREATE TABLE request (transfer BIGINT PRIMARY KEY)");
            statement.execute(
                    "INSERT INTO account SELECT id, 100000, 100000 FROM generate_series(1, " + accounts + ") AS id");
        }
    }

    /** Books an amount; one that is below zero only as far as the balance goes. */
    void book(long transfer, int account, long cents) throws SQLException {
        if (update("UPDATE account SET balance = balance + ? WHERE id = ? AND balance >= ?", cents, account, -cents)
                == 0) {
            throw new RejectedException("account " + account + " does not have " + -cents);
        }
        update("INSERT INTO booking VALUES (?, ?, ?)", transfer, account, cents);
    }

    /** Takes a booking back, whatever the balance is. */
    void unbook(long transfer, int account, long cents) throws SQLException {
        update("UPDATE account SET balance = balance - ? WHERE id = ?", cents, account);
        update("DELETE FROM booking WHERE transfer = ?", transfer);
    }

    /** Notes that a transfer was asked for. */
    void request(long transfer) throws SQLException {
        update("INSERT INTO request VALUES (?)", transfer);
    }

    private int update(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
