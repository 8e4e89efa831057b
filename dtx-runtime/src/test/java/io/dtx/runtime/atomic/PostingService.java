package io.dtx.runtime.atomic;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Writes one posting into each of two databases, together. */
class PostingService {

    private final DataSource east;
    private final DataSource west;

    PostingService(DataSource east, DataSource west) {
        this.east = east;
        this.west = west;
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC, timeout = "120s")
    public void post(int number) throws SQLException {
        insert(east, number, -1);
        insert(west, number, 1);
    }

    static void insert(DataSource database, int number, long amount) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO posting VALUES (" + number + ", " + amount + ")");
        }
    }
}
