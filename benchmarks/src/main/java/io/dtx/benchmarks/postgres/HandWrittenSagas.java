package io.dtx.benchmarks.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Sagas by hand: a {@link SagaTable} in a database of its own, a {@link StepTable} in each database where steps run. Seven
 * commits for three steps.
 */
public final class HandWrittenSagas extends OnPostgres {

    private static final List<String> NAMES = List.of("first", "second", "third");

    private final HikariDataSource sagaDatabase;
    private final SagaTable sagas;
    private final List<StepTable> steps = new ArrayList<>();

    /** Makes its tables in fresh databases. */
    public HandWrittenSagas(PostgresServer server, int callers) throws SQLException {
        super(server, callers);
        sagaDatabase = server.freshDatabase(callers);
        sagas = new SagaTable(sagaDatabase);
        for (HikariDataSource each : databases) {
            steps.add(new StepTable(each));
        }
    }

    @Override
    public String name() {
        return "by hand";
    }

    @Override
    public void saga(int caller, int sequence) throws SQLException {
        UUID saga = UUID.randomUUID();
        sagas.begin(saga, NAMES.get(0), caller, sequence);
        long result = steps.get(0).run(saga, 0, caller, sequence);
        for (int step = 1; step < STEPS; step++) {
            sagas.next(saga, step, result, NAMES.get(step), caller, sequence);
            result = steps.get(step).run(saga, step, caller, sequence);
        }
        sagas.commit(saga, STEPS - 1, result);
    }

    @Override
    public void close() {
        super.close();
        sagaDatabase.close();
    }
}
