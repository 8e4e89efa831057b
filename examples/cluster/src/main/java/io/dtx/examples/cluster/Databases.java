package io.dtx.examples.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The shop's three databases, on one PostgreSQL server that is started here and keeps what it has committed. */
final class Databases implements AutoCloseable {
    static final List<String> NAMES = List.of("stock", "payments", "shipments");

    /** The carrier takes its time for some parcels: there is always an order on its way. */
    private static final String SLOW_CARRIER = "CREATE FUNCTION carry() RETURNS trigger LANGUAGE plpgsql AS $$"
            + " BEGIN PERFORM pg_sleep(0.8); RETURN NEW; END $$;"
            + " CREATE TRIGGER carry BEFORE INSERT ON shipments FOR EACH ROW WHEN (NEW.sku = '" + Orders.SLOW
            + "') EXECUTE FUNCTION carry()";

    private final EmbeddedPostgres server;

    private Databases(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts the server and makes the databases, with articles on the shelves and customers with credit. */
    static Databases start(Path data) throws IOException, SQLException {
        Databases databases = new Databases(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "500")
                .start());
        for (String each : NAMES) {
            databases.execute("postgres", "CREATE DATABASE " + each);
            databases.execute(each, quickstartsTables(each));
        }
        databases.execute("stock", insert("articles", Orders.articles(), "1000000000"));
        databases.execute("payments", insert("accounts", Orders.customers(), "1000000000"));
        databases.execute("shipments", SLOW_CARRIER);
        return databases;
    }

    private static String quickstartsTables(String name) throws IOException {
        try (InputStream in = Databases.class.getResourceAsStream("/" + name + ".sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String insert(String table, List<String> names, String opening) {
        return names.stream()
                .map(each -> "('" + each + "', " + opening + ", " + opening + ")")
                .collect(Collectors.joining(", ", "INSERT INTO " + table + " VALUES ", ""));
    }

    /** Returns what a database's name is put behind. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/";
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the first column of each row, as text. */
    List<String> column(String database, String query) throws SQLException {
        List<String> column = new ArrayList<>();
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                column.add(rows.getString(1));
            }
        }
        return column;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
