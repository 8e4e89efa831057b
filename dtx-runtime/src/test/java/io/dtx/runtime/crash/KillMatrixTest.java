package io.dtx.runtime.crash;

import io.dtx.runtime.crash.Series.Store;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes halt at every point of the protocol, one after the other; each next one finishes what it finds, and judges. */
class KillMatrixTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void a_process_that_dies_on_its_way_forward_leaves_no_saga_half_done(Store store) throws Exception {
        Series series = new Series("halt in steps", store, directory);
        int turn = 0;
        for (String point : KillPoints.forward(store)) {
            series.halt(point, Map.of("passes", String.valueOf(turn++ % 4)));
        }
        series.end();
    }

    @ParameterizedTest
    @EnumSource
    void a_process_that_dies_in_a_compensation_leaves_it_to_the_next(Store store) throws Exception {
        Series series = new Series("halt in compensations", store, directory);
        int turn = 0;
        for (String point : KillPoints.backward(store)) {
            series.halt(point, Map.of("passes", String.valueOf(turn++ % 2)));
        }
        series.end();
    }

    @ParameterizedTest
    @EnumSource
    void a_process_that_dies_while_it_recovers_leaves_the_rest_to_the_next(Store store) throws Exception {
        Series series = new Series("halt in recovery", store, directory);
        for (String point : KillPoints.starting(store)) {
            series.halt("guard:shipping:D:before", Map.of());
            series.halt(point, Map.of("phase", "start"));
        }
        for (String point : KillPoints.recovering(store)) {
            series.halt("guard:shipping:D:after", Map.of("threads", "1"));
            series.halt(point, Map.of("phase", "start"));
        }
        series.end();
    }
}
