package io.dtx.benchmarks;

import io.dtx.benchmarks.atomic.AtomicProcess;
import io.dtx.benchmarks.atomic.Stock;
import io.dtx.benchmarks.load.Apart;
import io.dtx.benchmarks.load.Duel;
import io.dtx.benchmarks.load.Duelled;
import io.dtx.benchmarks.load.WarmUp;
import io.dtx.benchmarks.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** ATOMIC transactions of two branches, beside Narayana with the stores that it brings. */
final class AtomicPart {

    private static final WarmUp WARM_UP = new WarmUp(15, 15); // of two fresh processes
    private static final WarmUp WARM_UP_POSTGRES = new WarmUp(25, 120); // with so few commits, compilers take longer
    private static final int GOAL_CALLERS_NO_OP = 64;
    private static final int GOAL_CALLERS_POSTGRES = 16;

    private final Options options;
    private final Path directory;
    private final Report report;

    AtomicPart(Options options, Path directory, Report report) {
        this.options = options;
        this.directory = directory;
        this.report = report;
    }

    boolean run() throws Exception {
        boolean right = true;
        report.title(
                "ATOMIC transactions of two branches that do nothing: dtx beside Narayana",
                "Each in a process of its own. Files: Narayana's default store. Journal: that of Artemis, 2,000 flushes/s,"
                        + " syncDeletes=false, maxIO=1.");
        for (int callers : options.callers()) {
            right &= noOp(callers, callers == 1 ? Stock.FILES : Stock.JOURNAL);
        }
        return options.callers().contains(GOAL_CALLERS_POSTGRES) ? right & postgres() : right;
    }

    private boolean postgres() throws Exception {
        report.title(
                "ATOMIC transactions with a row in each of two databases of PostgreSQL: dtx beside Narayana",
                "fsync=on, synchronous_commit=on, a server for each. Files, journal: callers keep a connection each, which they"
                        + " enlist by hand; pooled, which the goal is about: the journal behind the same pool as that of dtx.");
        boolean right = true;
        try (PostgresServer ours = new PostgresServer(directory.resolve("atomic-postgres-dtx"));
                PostgresServer theirs = new PostgresServer(directory.resolve("atomic-postgres-narayana"))) {
            for (Stock stock : Stock.values()) {
                right &= postgres(stock, ours, theirs);
            }
        }
        return right;
    }

    private boolean noOp(int callers, Stock stock) throws Exception {
        Path log = Files.createDirectory(directory.resolve("atomic-" + callers));
        Duelled duel;
        try (Apart dtx = AtomicProcess.dtx(log.resolve("dtx"), callers, Apart.Outside.NOTHING, List.of());
                Apart narayana = AtomicProcess.narayana(
                        stock, log.resolve("narayana"), callers, Apart.Outside.NOTHING, List.of())) {
            duel = Duel.run(dtx, narayana, callers, WARM_UP, options.pairs(), options.turnNanos());
        }
        Workplace.delete(log);
        return report(duel, stock, callers == 1 || callers == GOAL_CALLERS_NO_OP);
    }

    private boolean postgres(Stock stock, PostgresServer ours, PostgresServer theirs) throws Exception {
        int callers = GOAL_CALLERS_POSTGRES;
        Path log = Files.createDirectory(directory.resolve("atomic-postgres-" + stock));
        Duelled duel;
        try (Apart dtx = AtomicProcess.dtx(
                        log.resolve("dtx"), callers, outside(ours), List.of(ours.freshUrl(), ours.freshUrl()));
                Apart narayana = AtomicProcess.narayana(
                        stock,
                        log.resolve("narayana"),
                        callers,
                        outside(theirs),
                        List.of(theirs.freshUrl(), theirs.freshUrl()))) {
            duel = Duel.run(dtx, narayana, callers, WARM_UP_POSTGRES, options.pairs(), options.turnNanos());
        }
        Workplace.delete(log);
        return report(duel, stock, stock.isPooled());
    }

    private static Apart.Outside outside(PostgresServer server) throws SQLException {
        long before = server.forces();
        return new Apart.Outside() {
            @Override
            public long cpuNanos() {
                return server.cpuNanos();
            }

            @Override
            public long forces() throws SQLException {
                return server.forces() - before;
            }
        };
    }

    private boolean report(Duelled duel, Stock stock, boolean hasGoal) {
        report.columns("commit");
        report.duel(duel);
        if (hasGoal) {
            double throughput = duel.throughput().median();
            report.goal(
                    "throughput at " + duel.callers() + " callers / " + stock.title(),
                    throughput,
                    throughput >= 1,
                    "at least 1.00");
        }
        return duel.isRight();
    }
}
