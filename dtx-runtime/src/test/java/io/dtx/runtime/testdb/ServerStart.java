package io.dtx.runtime.testdb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How a test's PostgreSQL comes up beside the tests of other processes: one at a time, so that only one unpacks the server's
 * files; on a port that the system gives to no connection, since the library picks the port long before the server takes it;
 * and once more on another port if it does not come up.
 */
public final class ServerStart {

    private static final Path ONE_AT_A_TIME = Path.of(System.getProperty("java.io.tmpdir"), "dtx-test-postgres.lock");
    private static final int ATTEMPTS = 3;

    private ServerStart() {}

    /** What each attempt begins with. */
    @FunctionalInterface
    public interface Preparation {

        EmbeddedPostgres.Builder begin() throws IOException;
    }

    /** Starts a server that listens where it is free. */
    public static synchronized EmbeddedPostgres start(Preparation preparation) throws IOException {
        try (FileChannel file = FileChannel.open(ONE_AT_A_TIME, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            return start(preparation, ATTEMPTS);
        }
    }

    private static EmbeddedPostgres start(Preparation preparation, int attempts) throws IOException {
        try {
            return preparation.begin().setPort(FreePort.next()).start();
        } catch (IOException | RuntimeException e) {
            if (attempts == 1) {
                throw e;
            }
            e.printStackTrace(); // the test goes on, and its output tells why it took longer
            return start(preparation, attempts - 1);
        }
    }
}
