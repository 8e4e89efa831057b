package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not start does not, and says why and what to do; what it found stays as it was. */
class RefusedStartTest {

    @TempDir
    Path directory;

    @Test
    void a_deleted_log_directory_is_noticed_and_the_right_one_is_taken_back() throws Exception {
        deleted(PostgresFixture.freshDatabase());
    }

    @Test
    void a_deleted_log_directory_is_noticed_on_h2_too() throws Exception {
        deleted(H2Fixture.freshDatabase());
    }

    private void deleted(TestDatabase database) throws Exception {
        Path log = directory.resolve("log");
        Path away = directory.resolve("away");
        runOnce(log, database);
        Files.move(log, away);

        assertThatThrownBy(() -> runOnce(log, database))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-3005")
                .hasMessageContaining("\"stock\"")
                .hasMessageContaining("was the log directory deleted");

        delete(log);
        Files.move(away, log);
        runOnce(log, database);
    }

    @Test
    void the_remedy_for_a_lost_log_directory_is_in_the_message_and_works() throws Exception {
        TestDatabase database = PostgresFixture.freshDatabase();
        Path log = directory.resolve("log");
        runOnce(log, database);
        delete(log);
        DtxException refused = null;
        try {
            runOnce(log, database);
        } catch (DtxException e) {
            refused = e;
        }
        assertThat(refused).isNotNull();
        Matcher remedy = Pattern.compile("UPDATE .*? <> -?\\d+").matcher(String.valueOf(refused.getMessage()));
        assertThat(remedy.find()).isTrue();

        database.execute(remedy.group());

        runOnce(log, database);
    }

    @Test
    void the_log_directory_of_another_cluster_is_refused() throws Exception {
        TestDatabase one = H2Fixture.freshDatabase();
        TestDatabase other = H2Fixture.freshDatabase();
        runOnce(directory.resolve("one"), one);
        runOnce(directory.resolve("other"), other);

        assertThatThrownBy(() -> runOnce(directory.resolve("other"), one)).hasMessageStartingWith("DTX-3005");

        runOnce(directory.resolve("one"), one);
        runOnce(directory.resolve("other"), other);
    }

    @Test
    void a_directory_that_another_process_uses_is_refused() throws Exception {
        Series series = new Series("second process", Series.Store.H2, directory);
        Fork other = series.start(Map.of("points", "body:stock:D", "event", "pause", "orders", "1"));
        other.awaitLine("REACHED");

        Dtx second = dtx(directory.resolve("log"), H2Fixture.freshDatabase(), "worker");
        assertThatThrownBy(second::start)
                .hasMessageStartingWith("DTX-5103")
                .hasMessageContaining("by another process")
                .hasMessageContaining(directory.toString());

        Files.createFile(directory.resolve("continued"));
        Fork.Run run = other.await();
        assertThat(run.said("DONE")).as(run.end()).isTrue();
        assertThat(run.all("VIOLATION")).isEmpty();
    }

    @Test
    void a_step_whose_resource_is_not_registered_is_named() {
        try (Dtx dtx = Dtx.builder()
                .config("dtx.log.dir", directory.resolve("log").toString())
                .resource("warehouse", H2Fixture.freshDatabase().unpooled())
                .build()) {
            dtx.create(StockService.class, dtx.resource("warehouse"), new Effects());

            assertThatThrownBy(dtx::start)
                    .isInstanceOf(DtxException.class)
                    .hasMessageStartingWith("DTX-1006")
                    .hasMessageContaining("StockService.reserve needs resource \"stock\"")
                    .hasMessageContaining("warehouse");
            assertThat(directory.resolve("log")).as("nothing was opened").doesNotExist();
        }
    }

    @Test
    void an_unknown_configuration_key_is_a_warning_that_names_the_nearest() throws Exception {
        List<String> warnings = warnings(
                "io.dtx.runtime.DtxConfig",
                () -> Dtx.builder()
                        .config("dtx.compensation.attempttimeout", "3s")
                        .build()
                        .close());

        assertThat(warnings)
                .anyMatch(each -> each.startsWith("DTX-1012")
                        && each.contains("dtx.compensation.attempttimeout")
                        && each.contains("did you mean dtx.compensation.attempt-timeout?"));
    }

    @Test
    void a_log_that_was_lost_with_the_name_of_its_node_is_told() throws Exception {
        TestDatabase database = H2Fixture.freshDatabase();
        runOnce(directory.resolve("pod-1"), database, "pod-1");

        List<String> warnings = warnings(
                "io.dtx.runtime.participant.guard.GuardTables",
                () -> runOnce(directory.resolve("pod-2"), database, "pod-2"));

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("DTX-3037 in resource \"stock\" application 'application' has session ")
                .contains("on node 'pod-1'");
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Returns what a class logs meanwhile. */
    private static List<String> warnings(String logs, Work work) throws Exception {
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                Object[] parameters = record.getParameters();
                warnings.add(
                        parameters == null || parameters.length == 0
                                ? record.getMessage()
                                : MessageFormat.format(record.getMessage(), parameters));
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger(logs);
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return warnings;
    }

    @Test
    void a_value_that_means_nothing_is_refused_with_its_key() {
        assertThatThrownBy(() -> {
                    try (Dtx dtx = Dtx.builder()
                            .config("dtx.log.dir", directory.resolve("log").toString())
                            .config("dtx.transaction.timeout", "soon")
                            .build()) {
                        dtx.start();
                    }
                })
                .hasMessageStartingWith("DTX-1011")
                .hasMessageContaining("dtx.transaction.timeout");
    }

    private static void runOnce(Path log, TestDatabase database) throws Exception {
        runOnce(log, database, "worker");
    }

    private static void runOnce(Path log, TestDatabase database, String node) throws Exception {
        try (Dtx dtx = dtx(log, database, node)) {
            Effects.prepare(database.unpooled());
            StockService stock = dtx.create(StockService.class, dtx.resource("stock"), new Effects());
            dtx.start();
            dtx.<Long>call("order", () -> stock.reserve(1, 1));
        }
    }

    private static Dtx dtx(Path log, TestDatabase database, String node) {
        return Dtx.builder()
                .config("dtx.log.dir", log.toString())
                .config("dtx.node", node)
                .resource("stock", database.unpooled())
                .build();
    }

    private static void delete(Path log) throws IOException {
        try (Stream<Path> files = Files.walk(log)) {
            for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
