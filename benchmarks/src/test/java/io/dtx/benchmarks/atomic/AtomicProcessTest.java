package io.dtx.benchmarks.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.benchmarks.load.Apart;
import io.dtx.benchmarks.load.Duel;
import io.dtx.benchmarks.load.Duelled;
import io.dtx.benchmarks.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicProcessTest {

    private static final int CALLERS = 4;
    private static final long TURN_NANOS = 400_000_000;

    @TempDir
    Path directory;

    @Test
    void both_commit_each_branch_once_and_force_the_disk() throws Exception {
        try (Apart dtx = AtomicProcess.dtx(directory.resolve("dtx"), CALLERS, Apart.Outside.NOTHING, List.of());
                Apart narayana = AtomicProcess.narayana(
                        Stock.JOURNAL, directory.resolve("narayana"), CALLERS, Apart.Outside.NOTHING, List.of())) {
            Duelled duel = Duel.run(dtx, narayana, CALLERS, 1, 1, TURN_NANOS);

            assertThat(duel.isRight())
                    .as(duel.contender().audit() + ", " + duel.yardstick().audit())
                    .isTrue();
            assertThat(duel.contender().forces()).isPositive().isLessThanOrEqualTo(1.5);
            assertThat(duel.yardstick().forces()).isPositive().isLessThanOrEqualTo(1.5);
            assertThat(duel.throughput().median()).isPositive();
        }
    }

    @Test
    void dtx_over_members_and_narayana_on_an_ideal_log_commit_each_branch_once() throws Exception {
        try (Apart dtx = AtomicProcess.overMembers(directory.resolve("dtx"), CALLERS);
                Apart ideal =
                        AtomicProcess.narayanaOnIdeal(Files.createDirectory(directory.resolve("ideal")), CALLERS)) {
            Duelled duel = Duel.run(dtx, ideal, CALLERS, 1, 1, TURN_NANOS);

            assertThat(duel.isRight())
                    .as(duel.contender().audit() + ", " + duel.yardstick().audit())
                    .isTrue();
            assertThat(duel.contender().audit().sagas()).isPositive();
            assertThat(duel.yardstick().audit().sagas()).isPositive();
            assertThat(duel.yardstick().forces()).isPositive().isLessThanOrEqualTo(1);
        }
    }

    @Test
    void kept_and_pooled_connections_of_narayana_commit_each_row_once() throws Exception {
        try (PostgresServer server = new PostgresServer(directory.resolve("server"));
                Apart kept = narayana(Stock.JOURNAL, server);
                Apart pooled = narayana(Stock.POOLED, server)) {
            Duelled duel = Duel.run(kept, pooled, CALLERS, 1, 1, TURN_NANOS);

            assertThat(duel.isRight())
                    .as(duel.contender().audit() + ", " + duel.yardstick().audit())
                    .isTrue();
            assertThat(duel.contender().audit().sagas()).isPositive();
            assertThat(duel.yardstick().audit().sagas()).isPositive();
        }
    }

    private Apart narayana(Stock stock, PostgresServer server) throws Exception {
        return AtomicProcess.narayana(
                stock,
                directory.resolve(stock.name()),
                CALLERS,
                Apart.Outside.NOTHING,
                List.of(server.freshUrl(), server.freshUrl()));
    }
}
