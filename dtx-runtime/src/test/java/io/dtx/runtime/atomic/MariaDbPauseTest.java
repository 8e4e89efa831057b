package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.atomic.AtomicPauseTest.Pause;
import io.dtx.runtime.crash.Fork;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * As {@link AtomicPauseTest}, on MariaDB, where nobody else can end what is attached to a stopped process: the others look at it
 * in vain, and are still there when it goes on; or an operator has ended its connections.
 */
class MariaDbPauseTest {

    @TempDir
    Path directory;

    private TestDatabase east;
    private TestDatabase west;
    private Branches branches;

    @BeforeEach
    void databases() {
        east = MariaDbFixture.freshDatabase();
        west = MariaDbFixture.freshDatabase();
        branches = new Branches(directory, east, west);
    }

    @Test
    void a_process_that_wakes_up_while_others_try_to_end_its_transactions_does_no_harm() throws Exception {
        String log = "log";
        for (Pause each : pauses()) {
            if (each.survivor().isEmpty()) {
                Fork owner = branches.start(each.count(), each.settings(path(log)));
                String what = each.toString();
                log = tryMeanwhile(owner, log, what, () -> branches.wakeUp(owner, what));
            }
        }
        branches.report("stopped and continued, MariaDB");
    }

    @Test
    void a_survivor_that_wakes_up_while_another_one_tries_to_end_what_it_was_at_does_no_harm() throws Exception {
        String log = "log";
        for (String point : AtomicKillTest.ALL ? AtomicKillTest.RECOVERY : AtomicKillTest.RECOVERY.subList(3, 4)) {
            branches.halt("RECORD_DECISION:after", Map.of("dtx.log.dir", path(log)));
            Fork first = branches.start(0, survivor(point, path(log)));
            log = tryMeanwhile(first, log, point, () -> branches.wakeUpStarting(first, point));
        }
        branches.report("survivor stopped, MariaDB");
    }

    @Test
    void a_process_that_wakes_up_without_its_connections_after_others_have_ended_its_transactions_does_no_harm()
            throws Exception {
        String log = "log";
        for (Pause each : pauses()) {
            Fork owner = branches.start(each.count(), each.settings(path(log)));
            String copy = stop(owner, log);
            endConnections();
            Map<String, String> survivor = new HashMap<>(Map.of("dtx.log.dir", path(copy)));
            if (!each.survivor().isEmpty()) {
                survivor.putAll(Map.of("phase", "start", "passes", "1", "point", each.survivor()));
            }
            Fork.Run first = branches.start(0, survivor).await();
            assertThat(first.exit())
                    .as(each + ": " + first.end())
                    .isEqualTo(each.survivor().isEmpty() ? 0 : Teller.HALTED);
            branches.wakeUp(owner, each.toString());
            log = audit(copy, each.toString());
        }
        branches.report("connections ended, MariaDB");
    }

    /** Either resource may end a branch: the server lists those of both to both. */
    private static Map<String, String> survivor(String point, String log) {
        Map<String, String> settings = new HashMap<>(AtomicPauseTest.survivor(point, log));
        if (point.contains(":commit:")) {
            settings.put("point", "*" + point.substring(point.indexOf(':')));
            settings.put("passes", point.startsWith("east") ? "1" : "2");
        }
        return settings;
    }

    /** Before its commit it holds its session: until it goes on nobody can take over, and then it has committed. */
    @ParameterizedTest
    @CsvSource({"work:after, ABORTED, 0", "east:onePhase:before, COMMITTED, 1", "east:onePhase:after, COMMITTED, 0"})
    void a_commit_in_one_phase_that_wakes_up_after_the_takeover_is_refused(String point, String told, int survivorExit)
            throws Exception {
        Fork owner = branches.start(1, Map.of("point", point, "passes", "1", "event", "pause", "alone", "true"));
        String copy = stop(owner, "log");
        Fork.Run survivor = branches.start(0, Map.of("dtx.log.dir", path(copy))).await();
        assertThat(survivor.exit()).as(survivor.end()).isEqualTo(survivorExit);
        branches.wakeUp(owner, point);
        assertThat(branches.told()).containsExactly("1 " + told);
        assertThat(Branches.postings(east)).hasSize(told.equals("COMMITTED") ? 1 : 0);
    }

    private interface WakeUp {
        void run() throws Exception;
    }

    private static List<Pause> pauses() {
        return AtomicKillTest.ALL
                ? AtomicPauseTest.PAUSES
                : AtomicPauseTest.PAUSES.stream()
                        .filter(each -> each.owner().startsWith("RECORD_DECISION")
                                && each.transfers().isEmpty())
                        .toList();
    }

    /** Stops a process at its point, lets another one try to end its transactions, and lets it go on; returns the log after that. */
    private String tryMeanwhile(Fork process, String log, String what, WakeUp wakeUp) throws Exception {
        String copy = stop(process, log);
        Fork other = branches.start(0, Map.of("dtx.log.dir", path(copy)));
        other.awaitLine("LOOKED");
        wakeUp.run();
        Fork.Run run = other.await();
        assertThat(run.exit()).as(what + ": " + run.end()).isZero();
        return audit(copy, what);
    }

    private String stop(Fork process, String log) throws Exception {
        String copy = log + ".";
        branches.stop(process, log, copy);
        return copy;
    }

    private String audit(String log, String what) throws Exception {
        branches.audit(what, Map.of("dtx.log.dir", path(log)));
        branches.counted();
        return log;
    }

    /** What an operator does who cannot wait for a stopped process. */
    private void endConnections() throws SQLException {
        try (Connection connection = east.connect();
                Statement statement = connection.createStatement()) {
            List<Long> others = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT id FROM information_schema.processlist WHERE id <> connection_id() AND db IN (" + "'"
                            + name(east) + "', '" + name(west) + "')")) {
                while (rows.next()) {
                    others.add(rows.getLong(1));
                }
            }
            assertThat(others).isNotEmpty();
            for (Long each : others) {
                statement.execute("KILL CONNECTION " + each);
            }
        }
    }

    private static String name(TestDatabase database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
