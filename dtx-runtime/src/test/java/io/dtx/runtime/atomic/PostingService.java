package io.dtx.runtime.atomic;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Writes one posting into each of two databases, and a note, together. */
class PostingService {

    private final DataSource east;
    private final DataSource west;
    private final Folder.Notes notes;

    PostingService(DataSource east, DataSource west, Folder.Notes notes) {
        this.east = east;
        this.west = west;
        this.notes = notes;
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC, timeout = "120s")
    public void post(int number) throws SQLException {
        insert(east, number, -1);
        notes.note(number);
        insert(west, number, 1);
    }

    static void insert(DataSource database, int number, long amount) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO posting VALUES (" + number + ", " + amount + ")");
        }
    }
}
