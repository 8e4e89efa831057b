package io.dtx.runtime.crash;

import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * A way to a database server that can be cut: open connections are reset and new ones refused, until it is mended; and that can be
 * slow.
 */
final class Cable implements AutoCloseable {

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket server;
    private volatile long delayMillis;

    /** Leads to a port of this machine. */
    private Cable(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = server.getLocalPort();
        listen(server);
    }

    /** Makes a fresh database for each resource of a shop, of which the payments are at the far end of the cable returned. */
    static Cable toPayments(Map<String, DataSource> databases) throws IOException, SQLException {
        TestDatabase payments = PostgresFixture.freshDatabase();
        URI server = URI.create(payments.url().substring("jdbc:".length()));
        Cable cable = new Cable(server.getPort());
        for (String each : Shop.RESOURCES) {
            TestDatabase database = each.equals("payments")
                    ? new TestDatabase(
                            "jdbc:postgresql://localhost:" + cable.port + server.getPath(),
                            payments.user(),
                            payments.password())
                    : PostgresFixture.freshDatabase();
            databases.put(each, database.unpooled());
        }
        Shop.prepare(databases);
        return cable;
    }

    /** Nothing gets through from now on. */
    void cut() {
        close(server);
        sockets.forEach(Cable::close);
        sockets.clear();
    }

    /** New connections get through again. */
    void mend() throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listen(server);
    }

    /** Whatever is sent arrives so much later from now on. */
    void delay(long millis) {
        delayMillis = millis;
    }

    private void listen(ServerSocket listening) {
        daemon(() -> {
            while (!listening.isClosed()) {
                Socket near = listening.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(near);
                sockets.add(far);
                if (listening.isClosed()) {
                    cut();
                }
                daemon(() -> pump(near, far));
                daemon(() -> pump(far, near));
            }
        });
    }

    private void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis));
                out.write(bytes, 0, n);
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt(); // cut, or closed at one of its ends: this thread is through
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(java.io.Closeable each) {
        try {
            each.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
