package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.postgres.Effects;
import jakarta.transaction.TransactionManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** The same transactions on Narayana with a store of its own. Each caller keeps its connections: no pool costs anything. */
final class NarayanaAtomic extends AtomicContender {

    private final Store store;
    private final List<List<Line>> lines = new ArrayList<>();
    private final Path forced;
    private final Recording recording = new Recording();
    private final TransactionManager manager;

    /** A caller's connection to a database. */
    private record Line(XAConnection physical, XAResource resource, Connection connection) {}

    /**
     * Takes Narayana of this process.
     *
     * @param databases what takes part; null: what does nothing
     */
    NarayanaAtomic(Store store, Path directory, int callers, @Nullable Databases databases) throws Exception {
        super(callers, databases);
        this.store = store;
        Files.createDirectories(directory);
        store.use(directory);
        manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
        forced = directory.resolve("forced.jfr");
        recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
        recording.start();
        for (int caller = 0; databases != null && caller < callers; caller++) {
            lines.add(List.of(line(databases, 0), line(databases, 1)));
        }
    }

    private static Line line(Databases databases, int branch) throws SQLException {
        XAConnection physical = databases.xa(branch).getXAConnection();
        return new Line(physical, physical.getXAResource(), physical.getConnection());
    }

    @Override
    public String name() {
        return store.title();
    }

    @Override
    public void saga(int caller, int sequence) throws Exception {
        manager.begin();
        for (int branch = 0; branch < 2; branch++) {
            if (databases == null) {
                NoOpBranch work = new NoOpBranch(ledger, branch);
                manager.getTransaction().enlistResource(work);
                work.add(caller, sequence);
            } else {
                Line line = lines.get(caller).get(branch);
                manager.getTransaction().enlistResource(line.resource());
                Effects.add(line.connection(), caller, sequence);
            }
        }
        manager.commit();
    }

    /** Returns how often it forced a file, by what the flight recorder has seen and, of what it cannot see, by its own count. */
    @Override
    public long forces() throws Exception {
        close();
        long seen = 0;
        recording.stop();
        recording.dump(forced);
        try (RecordingFile events = new RecordingFile(forced)) {
            while (events.hasMoreEvents()) {
                seen += events.readEvent().getEventType().getName().equals("jdk.FileForce") ? 1 : 0;
            }
        }
        return seen + CountedFiles.WRITES.sum();
    }

    @Override
    public void close() throws SQLException {
        for (List<Line> each : lines) {
            for (Line line : each) {
                line.physical().close();
            }
        }
        lines.clear();
    }
}
