package io.dtx.benchmarks.postgres;

import io.dtx.benchmarks.noop.LogEntries;
import io.dtx.runtime.Dtx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** {@link TransferSaga}s on dtx with the embedded log and guarded databases. */
public final class DtxSagas extends OnPostgres {

    private final Map<String, String> log;
    private final Dtx dtx;
    private final TransferSaga saga;
    private volatile long session;

    /** Opens a log of its own, and guards fresh databases. */
    public DtxSagas(PostgresServer server, Path directory, int callers) throws SQLException {
        super(server, callers);
        log = Map.of("dtx.log", "file", "dtx.log.dir", directory.toString());
        Dtx.Builder builder = Dtx.builder();
        log.forEach(builder::config);
        for (int step = 0; step < STEPS; step++) {
            builder.resource(TransferSteps.RESOURCES.get(step), databases.get(step));
        }
        dtx = builder.build();
        List<DataSource> guarded =
                TransferSteps.RESOURCES.stream().map(dtx::resource).toList();
        saga = dtx.create(TransferSaga.class, dtx.create(TransferSteps.class, guarded));
        dtx.start();
    }

    @Override
    public String name() {
        return "dtx";
    }

    @Override
    public void saga(int caller, int sequence) throws SQLException {
        long ran = saga.run(caller, sequence);
        if (session == 0) {
            session = ran;
        }
    }

    /** Counts the forces of the server and those of dtx's own log. */
    @Override
    public long forces() throws SQLException {
        return super.forces() + LogEntries.since(session, log);
    }

    @Override
    public void close() {
        dtx.close();
        super.close();
    }
}
