package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.noop.LogEntries;
import io.dtx.benchmarks.postgres.Effects;
import io.dtx.runtime.Dtx;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** {@link TwoBranches} on dtx with the embedded log. */
final class DtxAtomic extends AtomicContender {

    private static final String POOL_MAX = "34";

    private final Map<String, String> log;
    private final Dtx dtx;
    private final TwoBranches branches;
    private volatile boolean started;
    private volatile long session;

    /**
     * Starts dtx.
     *
     * @param databases what takes part; null: what does nothing
     */
    DtxAtomic(Path directory, int callers, @Nullable Databases databases) {
        super(callers, databases);
        this.log = Map.of("dtx.log", "file", "dtx.log.dir", directory.toString());
        Dtx.Builder builder = Dtx.builder().config("dtx.xa.pool.max", POOL_MAX);
        log.forEach(builder::config);
        for (int i = 0; i < 2; i++) {
            if (databases == null) {
                builder.xaResource("resource" + i, new NoOpSource(ledger, i, () -> started));
            } else {
                builder.xaResource("resource" + i, databases.xa(i));
            }
        }
        dtx = builder.build();
        List<Work> works = List.of(work("resource0"), work("resource1"));
        branches = dtx.create(TwoBranches.class, works.get(0), works.get(1));
        dtx.start();
        started = true;
    }

    private Work work(String resource) {
        if (databases == null) {
            return dtx.resource(resource, Work.class);
        }
        DataSource database = dtx.resource(resource);
        return (caller, sequence) -> {
            try (Connection connection = database.getConnection()) {
                Effects.add(connection, caller, sequence);
            }
        };
    }

    @Override
    public String name() {
        return "dtx";
    }

    @Override
    public void saga(int caller, int sequence) throws Exception {
        long ran = branches.run(caller, sequence);
        if (session == 0) {
            session = ran;
        }
    }

    /** Returns the entries of the log: each is one force. */
    @Override
    public long forces() {
        dtx.close();
        return LogEntries.since(session, log);
    }

    @Override
    public void close() {
        dtx.close();
    }
}
