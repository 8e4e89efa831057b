package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.crash.Series.Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes are killed with {@code kill -9} at random moments, most of them under load, some while they recover. */
class KillUnderLoadTest {

    private static final int KILLS = Integer.getInteger("crash.kills", 5);
    private static final int KILLED = 128 + 9;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void nothing_is_lost_and_nothing_stays_half_done(Store store) throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        Random random = new Random(seed);
        Series series = new Series("kill -9, seed " + seed, store, directory);
        for (int kill = 0; kill < KILLS; kill++) {
            Fork fork = series.start(Map.of("orders", "1000000", "threads", "6"));
            boolean whileItRecovers = kill % 4 == 3;
            fork.awaitLine(whileItRecovers ? "STARTING" : "RUNNING");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
            fork.signal("KILL");
            Fork.Run run = fork.await();
            series.count("kill " + kill + " of seed " + seed, run, run.exit() == KILLED);
        }
        series.end();
        assertThat(series.found()).as("transactions that were open").isPositive();
    }
}
