package io.dtx.benchmarks.atomic;

import jakarta.transaction.TransactionManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** The same transactions on Narayana with a store of its own. */
final class NarayanaAtomic extends AtomicContender {

    private final Stock stock;
    private final Path forced;
    private final Recording recording = new Recording();
    private final TransactionManager manager;
    private final Branches branches;

    /**
     * Takes Narayana of this process.
     *
     * @param databases what takes part; null: what does nothing
     */
    NarayanaAtomic(Stock stock, Path directory, int callers, @Nullable Databases databases) throws Exception {
        super(callers, databases);
        this.stock = stock;
        Files.createDirectories(directory);
        stock.store().use(directory);
        manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
        forced = directory.resolve("forced.jfr");
        recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
        recording.start();
        if (databases == null) {
            branches = new NoOpBranches(manager, ledger);
        } else if (stock.isPooled()) {
            branches = new PooledConnections(manager, databases, DtxAtomic.POOL_MAX);
        } else {
            branches = new KeptConnections(manager, databases, callers);
        }
    }

    @Override
    public String name() {
        return stock.title();
    }

    @Override
    public void saga(int caller, int sequence) throws Exception {
        branches.commit(manager, caller, sequence);
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
    public void close() throws Exception {
        branches.close();
    }
}
