package io.dtx.examples.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A PostgreSQL server with the shop's sales, which keeps what it has committed. */
record Database(EmbeddedPostgres postgres) implements AutoCloseable {

    static Database start(Path data) throws IOException, SQLException {
        Database database = new Database(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_prepared_transactions", "100")
                .start());
        try (Connection connection = database.postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE sale (number BIGINT PRIMARY KEY, cents BIGINT NOT NULL)");
        }
        return database;
    }

    String url() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    /** Returns the number that a query answers with. */
    long number(String query) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    long prepared() throws SQLException {
        return number("SELECT count(*) FROM pg_prepared_xacts");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
