package io.dtx.runtime.crash;

import io.dtx.runtime.crash.Series.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections break while a guard row or a commit is on its way, so that nobody can say whether it arrived; the process lives. */
class LostAnswerTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void the_owner_finds_out_what_is_true(Store store) throws Exception {
        Series series = new Series("lost connections", store, directory);
        List<String> points = new ArrayList<>();
        for (String resource : Shop.RESOURCES) {
            for (String direction : List.of("D", "U")) {
                String label = resource + ":" + direction;
                points.add("guard:" + label + ":before");
                points.add("guard:" + label + ":after");
                if (store == Store.H2) {
                    points.add("commit:" + label + ":before");
                    points.add("commit:" + label + ":after");
                }
            }
        }
        points.add("session:payments:A:after");
        points.add("guard:payments:T:after");
        Fork.Run run = series.start(
                        Map.of("points", String.join(",", points), "event", "lose", "phase", "start", "orders", "60"))
                .await();
        points.forEach(each -> series.count(each, run, run.said("REACHED " + each)));
        series.end();
    }
}
