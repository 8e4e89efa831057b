package io.dtx.runtime.crash;

import io.dtx.StepContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The business tables of one database: accounts, and a line for everything that was done to them. A line is written in the same
 * local transaction as the change, and nothing keeps it from being written twice: that is what the audit looks for.
 */
public class Effects {

    static final int ACCOUNTS = 16;

    /** Makes the tables if they are not there. */
    static void prepare(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS account (id integer PRIMARY KEY, amount bigint NOT NULL)");
            statement.execute("CREATE TABLE IF NOT EXISTS effect (order_number integer NOT NULL,"
                    + " transaction_id varchar(40) NOT NULL, direction char(1) NOT NULL, amount bigint NOT NULL,"
                    + " at_nanos bigint NOT NULL)");
            for (int account = 0; account < ACCOUNTS; account++) {
                statement.execute("INSERT INTO account SELECT " + account
                        + ", 0 WHERE NOT EXISTS (SELECT 1 FROM account WHERE id = " + account + ")");
            }
        }
    }

    /** Changes an order's account, and writes the line. */
    void add(DataSource database, int order, String direction, long amount) throws SQLException {
        String transaction = StepContext.current().transactionId().toString();
        try (Connection connection = database.getConnection()) {
            write(connection, order, transaction, direction, amount);
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE account SET amount = amount + ? WHERE id = ?")) {
                statement.setLong(1, direction.equals("D") ? amount : -amount);
                statement.setInt(2, order % ACCOUNTS);
                statement.executeUpdate();
            }
        }
    }

    final void write(Connection connection, int order, String transaction, String direction, long amount)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO effect VALUES (?, ?, ?, ?, ?)")) {
            statement.setInt(1, order);
            statement.setString(2, transaction);
            statement.setString(3, direction);
            statement.setLong(4, amount);
            statement.setLong(5, System.nanoTime()); // one clock for all processes of a machine
            statement.executeUpdate();
        }
    }
}
