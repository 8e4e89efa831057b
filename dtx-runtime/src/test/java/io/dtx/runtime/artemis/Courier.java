package io.dtx.runtime.artemis;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.TransactionMode;
import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxOverLog;
import io.dtx.runtime.atomic.WatchedLog;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.StepGateway.Body;
import io.dtx.spi.TransactionDescriptor;
import io.dtx.spi.XaSource;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.xa.PGXADataSource;

/** Notes moves in a database and announces them at a broker. Also a process of its own, which dies where it is told to. */
final class Courier implements AutoCloseable {

    static final int HALTED = 77;

    private final DtxOverLog dtx;
    private @Nullable WatchedLog log;
    private volatile boolean fenced;

    Courier(Path directory, TestDatabase database, XaSource jms) {
        Map<String, String> config =
                Map.of("dtx.log.dir", directory.resolve("log").toString(), "dtx.xa.recovery.interval", "200ms");
        dtx = new DtxOverLog(config, Map.of(), opened -> {
            log = new WatchedLog(opened);
            return log;
        });
        dtx.xaResource("moves", xa(database)).xaResource("announcements", jms);
        dtx.start();
    }

    /** Takes {@code directory=, url=, user=, password=, broker=, first=, moves=, point=}. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String each : arguments) {
            settings.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        TestDatabase database = new TestDatabase(settings.get("url"), settings.get("user"), settings.get("password"));
        boolean[] armed = {false};
        XaSource jms = new WatchedSource(Broker.source(settings.get("broker")), call -> {
            if (armed[0] && call.equals(settings.get("point"))) {
                Runtime.getRuntime().halt(HALTED);
            }
        });
        try (Courier courier = new Courier(Path.of(settings.get("directory")), database, jms)) {
            courier.awaitNothingOpen();
            int first = Integer.parseInt(settings.get("first"));
            courier.move(first, false);
            armed[0] = true;
            courier.move(first + 1, false);
        }
        System.exit(0);
    }

    /** Notes and announces a move in one transaction. */
    void move(int number, boolean thenFails) throws Exception {
        atomically(() -> {
            note(number);
            send(number);
            if (thenFails) {
                throw new IllegalArgumentException("changed my mind");
            }
            return null;
        });
    }

    /** Announces a move, in a transaction of nothing else. */
    void announce(int number) throws Exception {
        atomically(() -> {
            send(number);
            return null;
        });
    }

    /** Takes an announcement off the queue and notes it, in one transaction. */
    @Nullable
    String receive(int number, boolean thenFails) throws Exception {
        return atomically(() -> {
            JMSContext jms = dtx.resource("announcements", JMSContext.class);
            String text = jms.createConsumer(jms.createQueue(Broker.QUEUE)).receiveBody(String.class, 10_000);
            note(number);
            if (thenFails) {
                throw new IllegalArgumentException("changed my mind");
            }
            return text;
        });
    }

    private void send(int number) {
        JMSContext jms = dtx.resource("announcements", JMSContext.class);
        jms.createProducer().send(jms.createQueue(Broker.QUEUE), "move " + number);
    }

    private void note(int number) throws Exception {
        DataSource moves = dtx.resource("moves");
        try (Connection connection = moves.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO move VALUES (" + number + ")");
        }
    }

    private <T extends @Nullable Object> T atomically(Body<T> body) throws Exception {
        return dtx.gateway()
                .<T, Exception>transaction(
                        new TransactionDescriptor(
                                "Courier.move",
                                TransactionMode.ATOMIC,
                                Propagation.REQUIRED,
                                Recovery.BACKWARD,
                                0,
                                List.of()),
                        body);
    }

    /** Ends this process's session, as others do who take over. */
    void fence() {
        Objects.requireNonNull(log, "not started").fence();
        fenced = true;
    }

    boolean isFenced() {
        return fenced;
    }

    /** Returns the status of each transaction in the log. */
    List<TransactionStatus> statuses() {
        return dtx.transactions().list(each -> true).stream()
                .map(each -> each.status())
                .toList();
    }

    /** Waits until every decision has been carried out. */
    void awaitNothingOpen() {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!dtx.transactions().list(each -> !each.status().isFinal()).isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("transactions stay open");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static XADataSource xa(TestDatabase database) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }

    @Override
    public void close() {
        dtx.close();
    }
}
