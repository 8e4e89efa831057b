package io.dtx.benchmarks;

import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Duel;
import io.dtx.benchmarks.load.Duelled;
import io.dtx.benchmarks.postgres.DtxSagas;
import io.dtx.benchmarks.postgres.HandWrittenSagas;
import io.dtx.benchmarks.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sagas of three local transactions on PostgreSQL, beside a saga table written by hand. */
final class PostgresPart {

    private static final int GOAL_CALLERS = 16;

    private final Options options;
    private final Path directory;
    private final Report report;

    PostgresPart(Options options, Path directory, Report report) {
        this.options = options;
        this.directory = directory;
        this.report = report;
    }

    boolean run() throws Exception {
        report.title(
                "Sagas of three local transactions in three databases of PostgreSQL: dtx beside a saga table by hand",
                "fsync=on, synchronous_commit=on, a server for each. By hand: four commits in the saga's database and three"
                        + " in those of the steps.");
        boolean right = true;
        try (PostgresServer ours = new PostgresServer(directory.resolve("postgres-dtx"));
                PostgresServer theirs = new PostgresServer(directory.resolve("postgres-by-hand"))) {
            for (int callers : options.callers()) {
                right &= run(callers, ours, theirs);
            }
        }
        return right;
    }

    private boolean run(int callers, PostgresServer ours, PostgresServer theirs) throws Exception {
        Path log = Files.createDirectory(directory.resolve("dtx-postgres-" + callers));
        Duelled duel;
        try (Contender dtx = new DtxSagas(ours, log, callers);
                Contender byHand = new HandWrittenSagas(theirs, callers)) {
            duel = Duel.run(dtx, byHand, callers, options.pairs(), options.turnNanos());
        }
        report.columns();
        report.duel(duel);
        if (callers == GOAL_CALLERS) {
            double throughput = duel.throughput().median();
            report.goal("throughput at 16 callers / by hand", throughput, throughput >= 0.9, "at least 0.90");
        }
        return duel.isRight();
    }
}
