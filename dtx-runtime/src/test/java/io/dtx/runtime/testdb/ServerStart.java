package io.dtx.runtime.testdb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a test's PostgreSQL comes up beside the tests of other processes: one at a time, so that only one unpacks the server's
 * files; on a port that the system gives to no connection, since the library picks the port long before the server takes it;
 * and once more on another port if it does not come up.
 */
public final class ServerStart {

    private static final Path ONE_AT_A_TIME = Path.of(System.getProperty("java.io.tmpdir"), "dtx-test-postgres.lock");
    private static final int ATTEMPTS = 3;
    private static final int FIRST_PORT = 15_000;
    private static final int END_OF_PORTS = 30_000;

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
            return preparation.begin().setPort(freePort()).start();
        } catch (IOException | RuntimeException e) {
            if (attempts == 1) {
                throw e;
            }
            e.printStackTrace(); // the test goes on, and its output tells why it took longer
            return start(preparation, attempts - 1);
        }
    }

    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        }
    }
}
