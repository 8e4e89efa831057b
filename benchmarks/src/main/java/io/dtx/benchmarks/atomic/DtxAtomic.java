package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.cluster.Members;
import io.dtx.benchmarks.noop.LogEntries;
import io.dtx.benchmarks.postgres.Effects;
import io.dtx.runtime.Dtx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** {@link TwoBranches} on dtx with the embedded log, or over three members. */
final class DtxAtomic extends AtomicContender {

    /** How many connections each pool has at most. */
    static final int POOL_MAX = 34;

    private final Map<String, String> log;
    private final @Nullable Members members;
    private final Dtx dtx;
    private final TwoBranches branches;
    private volatile boolean started;
    private volatile long session;

    private DtxAtomic(Map<String, String> log, @Nullable Members members, int callers, @Nullable Databases databases) {
        super(callers, databases);
        this.log = log;
        this.members = members;
        Dtx.Builder builder = Dtx.builder().config("dtx.xa.pool.max", String.valueOf(POOL_MAX));
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

    /**
     * Starts dtx with a log of its own.
     *
     * @param databases what takes part; null: what does nothing
     */
    static DtxAtomic embedded(Path directory, int callers, @Nullable Databases databases) {
        Map<String, String> log = Map.of("dtx.log", "file", "dtx.log.dir", directory.toString());
        return new DtxAtomic(log, null, callers, databases);
    }

    /** Starts three members, and dtx as their client, with what does nothing. */
    static DtxAtomic overMembers(Path directory, int callers) throws IOException {
        Members members = new Members(directory);
        try {
            return new DtxAtomic(members.settings(), members, callers, null);
        } catch (RuntimeException e) {
            members.close();
            throw e;
        }
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

    /** Returns the entries of the log: each is one force, or at most one at each member. */
    @Override
    public long forces() {
        dtx.close();
        return LogEntries.since(session, log);
    }

    @Override
    public long foreignCpuNanos() {
        return members == null ? 0 : members.cpuNanos();
    }

    @Override
    public void close() throws IOException {
        dtx.close();
        if (members != null) {
            members.close();
        }
    }
}
