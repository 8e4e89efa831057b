package io.dtx.examples.bank;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A PostgreSQL server with the bank's two databases, and a journal that only the audit reads. */
record Server(EmbeddedPostgres postgres) implements AutoCloseable {
    static final int CUSTOMERS = 100;

    /** Starts one that keeps what it has committed. */
    static Server start(Path data) throws IOException, SQLException {
        Server server = new Server(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "400")
                .setServerConfig("max_prepared_transactions", "200")
                .start());
        for (String each : Databases.NAMES) {
            server.execute("postgres", "CREATE DATABASE " + each);
            server.execute(each, "CREATE TABLE account (customer INT PRIMARY KEY, opening BIGINT, balance BIGINT)");
            server.execute(
                    each,
                    "CREATE TABLE posting (id BIGINT PRIMARY KEY, transaction BIGINT NOT NULL, customer INT NOT NULL,"
                            + " cents BIGINT NOT NULL, cash BOOLEAN NOT NULL)");
            server.execute(
                    each, "INSERT INTO account SELECT id, 10000, 10000 FROM generate_series(1, " + CUSTOMERS + ") id");
        }
        server.execute("postgres", "CREATE DATABASE journal");
        server.execute(
                "journal", "CREATE TABLE request (transaction BIGINT PRIMARY KEY, kind TEXT NOT NULL, answer TEXT)");
        return server;
    }

    String url() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/";
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the number that a query answers with. */
    long number(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    Connection connect(String database) throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
