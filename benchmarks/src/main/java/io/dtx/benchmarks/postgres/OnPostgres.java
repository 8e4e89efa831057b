package io.dtx.benchmarks.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.dtx.benchmarks.load.Audit;
import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Ledger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What both contenders have: a server, a database for each step, and the audit of the effects in them. */
abstract class OnPostgres implements Contender {

    static final int STEPS = 3;

    final List<HikariDataSource> databases = new ArrayList<>();
    private final PostgresServer server;
    private final Ledger ledger;
    private final long forcesBefore;

    OnPostgres(PostgresServer server, int callers) throws SQLException {
        this.server = server;
        this.ledger = new Ledger(callers, STEPS);
        for (int step = 0; step < STEPS; step++) {
            HikariDataSource database = server.freshDatabase(callers);
            databases.add(database);
            Effects.createTable(database);
        }
        this.forcesBefore = server.forces();
    }

    @Override
    public final Ledger ledger() {
        return ledger;
    }

    @Override
    public final Audit audit() throws SQLException {
        for (int step = 0; step < STEPS; step++) {
            Effects.markAll(databases.get(step), ledger, step);
        }
        return ledger.audit();
    }

    @Override
    public final long foreignCpuNanos() {
        return server.cpuNanos();
    }

    /** Counts the forces of the server's write-ahead log; whatever it does besides is not counted. */
    @Override
    public long forces() throws SQLException {
        close();
        return server.forces() - forcesBefore;
    }

    @Override
    public void close() {
        databases.forEach(HikariDataSource::close);
    }
}
