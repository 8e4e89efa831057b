package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.crash.Series.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes are stopped for longer than anything may take, continued, and go on where they were. */
class PauseTest {

    private static final int TIMEOUT_MILLIS = 1_200;
    private static final List<String> POINTS =
            List.of("guard:payments:D:after", "guard:payments:D:before", "guard:payments:U:after", "body:payments:U");

    /** How many milliseconds a thread stays where it was after its process goes on. */
    private static final List<String> HOLDS = List.of("0", "1500");

    /** Whoever waits longer for compensations has waited for all of the time that it may. */
    private static final long COMPENSATION_WAIT_MILLIS = 10_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void who_sleeps_through_its_deadline_and_wakes_up_does_no_harm(Store store) throws Exception {
        Series series = new Series("stopped and continued", store, directory);
        series.with("dtx.transaction.timeout", TIMEOUT_MILLIS + "ms")
                .with("dtx.compensation.attempt-timeout", TIMEOUT_MILLIS + "ms");
        int turn = store.ordinal();
        for (String point : KillPoints.ALL ? POINTS : KillPoints.each(store, POINTS)) {
            for (String hold : KillPoints.ALL ? HOLDS : List.of(HOLDS.get(turn++ % HOLDS.size()))) {
                Fork fork = pause(series, point, hold);
                stopFor(fork, TIMEOUT_MILLIS + 700);
                Fork.Run run = fork.await();
                series.count(point + " for " + hold, run, run.said("GOES ON") && run.said("DONE"));
                Files.delete(directory.resolve("continued"));
            }
        }
        series.end();
        assertThat(series.slowestOrderMillis()).isLessThan(COMPENSATION_WAIT_MILLIS);
        assertThat(Told.read(directory.resolve("told")))
                .as("orders that slept too long")
                .anyMatch(each -> each.answer() == Told.Answer.ABORTED
                        && !Orders.isRefused(each.order())
                        && !Orders.isRegretted(each.order()));
    }

    @Test
    void a_process_that_wakes_up_after_its_takeover_changes_nothing() throws Exception {
        Series series = new Series("woken after the takeover", Store.POSTGRES, directory);
        series.with("dtx.compensation.wait", "1s");
        for (String point : List.of("body:payments:D", "guard:payments:D:before", "guard:payments:U:before")) {
            Files.deleteIfExists(directory.resolve("continued"));
            Fork zombie = pause(series, point, "0");
            zombie.signal("STOP");
            // The directory cannot be shared: whoever takes over works on the copy, as on a replicated log.
            Path copy = directory.resolve("log." + point.replace(':', '.'));
            copy(directory.resolve(series.setting("dtx.log.dir", "log")), copy);
            series.with("dtx.log.dir", copy.toString());
            Fork.Run survivor = series.start(Map.of("orders", "10")).await();
            series.count("takeover at " + point, survivor, survivor.said("DONE"));
            Files.createFile(directory.resolve("continued"));
            zombie.signal("CONT");
            zombie.awaitLine("PLACED");
            zombie.signal("KILL");
            Fork.Run run = zombie.await();
            series.count("zombie at " + point, run, run.said("GOES ON"));
        }
        series.end();
    }

    private static Fork pause(Series series, String point, String hold) throws IOException, InterruptedException {
        Fork fork =
                series.start(Map.of("points", point, "event", "pause", "hold", hold, "orders", "10", "threads", "1"));
        fork.awaitLine("REACHED");
        return fork;
    }

    private void stopFor(Fork fork, long millis) throws IOException, InterruptedException {
        fork.signal("STOP");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        Files.createFile(directory.resolve("continued"));
        fork.signal("CONT");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
        assertThat(to).isNotEmptyDirectory();
    }
}
