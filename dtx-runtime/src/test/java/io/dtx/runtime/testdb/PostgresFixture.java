package io.dtx.runtime.testdb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL 18 server for the tests of this JVM, started when the first of them asks and ended with the JVM. It keeps what
 * it acknowledged: fsync and synchronous_commit are on, which the embedded one does not do by itself.
 *
 * <p>Thread-safe. A test takes a fresh database and need not clean up.
 */
public final class PostgresFixture {

    private static final String USER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private PostgresFixture() {}

    /** Makes an empty database. */
    public static TestDatabase freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        EmbeddedPostgres server = Server.started();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new AssertionError("cannot make a database", e);
        }
        return new TestDatabase("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, USER, USER);
    }

    /** Returns a server that keeps what it acknowledged, to be started on this directory. */
    public static EmbeddedPostgres.Builder durable(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setPGStartupWait(Duration.ofMinutes(3))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_prepared_transactions", "512")
                .setServerConfig("max_connections", "300");
    }

    private static final class Server {

        private static final CompletableFuture<EmbeddedPostgres> STARTED = new CompletableFuture<>();

        static {
            try {
                EmbeddedPostgres postgres = ServerStart.start(() -> durable(DataDirectory.create()));
                require(postgres, "fsync", "on");
                require(postgres, "synchronous_commit", "on");
                require(postgres, "max_prepared_transactions", "512");
                STARTED.complete(postgres);
            } catch (IOException | RuntimeException | AssertionError e) {
                STARTED.completeExceptionally(e);
            }
        }

        /** Every test that asks is told why there is no server, not only the first. */
        static EmbeddedPostgres started() {
            return STARTED.join();
        }

        private static void require(EmbeddedPostgres postgres, String setting, String value) {
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW " + setting)) {
                rows.next();
                if (!value.equals(rows.getString(1))) {
                    throw new AssertionError(setting + " is " + rows.getString(1) + ", not " + value);
                }
            } catch (SQLException e) {
                throw new AssertionError("cannot read " + setting, e);
            }
        }
    }
}
