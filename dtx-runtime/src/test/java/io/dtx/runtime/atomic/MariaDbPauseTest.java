package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.atomic.AtomicPauseTest.Pause;
import io.dtx.runtime.crash.Fork;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link AtomicPauseTest}, on MariaDB, where nobody else can end what is attached to a stopped process: the others look at it
 * in vain, and are still there when it goes on.
 */
class MariaDbPauseTest {

    private static final List<Pause> PAUSES = AtomicPauseTest.PAUSES.stream()
            .filter(each -> each.survivor().isEmpty())
            .toList();

    @TempDir
    Path directory;

    private TestDatabase east;
    private TestDatabase west;

    @BeforeEach
    void databases() {
        east = MariaDbFixture.freshDatabase();
        west = MariaDbFixture.freshDatabase();
    }

    @Test
    void a_process_that_wakes_up_while_others_try_to_end_its_transactions_does_no_harm() throws Exception {
        Branches branches = new Branches(directory, east, west);
        String log = "log";
        for (Pause each : AtomicKillTest.ALL ? PAUSES : PAUSES.subList(2, 4)) {
            Files.deleteIfExists(directory.resolve("continued"));
            Fork owner = branches.start(2, each.settings(path(log)));
            owner.awaitLine("REACHED");
            owner.signal("STOP");
            String copy = log + ".";
            AtomicPauseTest.copy(directory.resolve(log), directory.resolve(copy));
            Fork survivor = branches.start(0, Map.of("dtx.log.dir", path(copy)));
            survivor.awaitLine("LOOKED");
            Files.createFile(directory.resolve("continued"));
            owner.signal("CONT");
            Fork.Run run = owner.await();
            assertThat(run.said("GOES ON")).as(each + ": " + run.end()).isTrue();
            assertThat(run.exit()).as(each + ": " + run.end()).isZero();
            Fork.Run other = survivor.await();
            assertThat(other.exit()).as(each + ": " + other.end()).isZero();
            log = copy;
            branches.audit(each.toString(), Map.of("dtx.log.dir", path(log)));
            branches.counted();
        }
        branches.report("stopped and continued, MariaDB");
    }

    @Test
    void a_commit_in_one_phase_that_wakes_up_after_the_takeover_is_refused() throws Exception {
        Branches branches = new Branches(directory, east, west);
        Fork owner = branches.start(1, Map.of("point", "work:after", "passes", "1", "event", "pause", "alone", "true"));
        owner.awaitLine("REACHED");
        owner.signal("STOP");
        AtomicPauseTest.copy(directory.resolve("log"), directory.resolve("copy"));
        Fork.Run survivor =
                branches.start(0, Map.of("dtx.log.dir", path("copy"))).await();
        assertThat(survivor.exit()).as(survivor.end()).isZero();
        Files.createFile(directory.resolve("continued"));
        owner.signal("CONT");
        Fork.Run run = owner.await();
        assertThat(run.exit()).as(run.end()).isZero();
        assertThat(branches.told()).containsExactly("1 ABORTED");
        assertThat(Branches.postings(east)).isEmpty();
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
