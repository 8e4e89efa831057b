package io.dtx.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the application as a user does, in processes of its own, and counts again what it says. */
class QuickstartTest {

    private static final Pattern RESULT = Pattern.compile("RESULT consistent=true orders=(\\d+) committed=(\\d+)"
            + " compensated=(\\d+) parked=0 in-doubt=0 recovered=(\\d+)");
    private static final int PATIENCE_SECONDS = 240;

    @TempDir
    Path directory;

    @Test
    void a_thousand_orders_survive_the_death_of_their_worker() throws Exception {
        Run run = run();

        assertThat(run.exitCode()).as(run.errors()).isZero();
        Matcher result = run.result();
        assertThat(number(result, 1)).isEqualTo(1000);
        assertThat(number(result, 4)).as("recovered").isPositive();
        assertThat(run.output())
                .filteredOn(line -> line.contains("The worker was killed"))
                .hasSize(1);
        Count count = Count.of(directory.resolve("data/run-1"));
        assertThat(count).isEqualTo(new Count(number(result, 2), number(result, 3), 0));
        assertThat(count.compensated())
                .as("orders rejected for a business reason")
                .isGreaterThan(10);
    }

    @Test
    void bad_lines_are_reported_the_others_go_on_and_a_second_run_works() throws Exception {
        Path orders = directory.resolve("orders.csv");
        Files.write(
                orders,
                Stream.concat(
                                Stream.of("customer,sku,quantity,price", "Ada,lamp,three,1", "Ada,lamp"),
                                IntStream.range(0, 30).mapToObj(i -> "Ada,lamp," + (i % 10 == 0 ? 21 : 2) + ",1.50"))
                        .toList());

        for (int i = 1; i <= 2; i++) {
            Run run = run("orders.csv");

            assertThat(run.exitCode()).as(run.errors()).isEqualTo(2);
            assertThat(run.errors())
                    .contains("orders.csv:2:10: quantity \"three\" is no whole number from 1 to 999999")
                    .contains("orders.csv:3:5: 4 fields are expected, but there are 2");
            Matcher result = run.result();
            assertThat(number(result, 1)).isEqualTo(30);
            assertThat(number(result, 4)).as("recovered").isPositive();
            assertThat(Count.of(directory.resolve("data/run-" + i)))
                    .isEqualTo(new Count(number(result, 2), number(result, 3), 0));
        }
    }

    @Test
    void a_file_that_is_not_there_is_named() throws Exception {
        Run run = run("no-orders.csv");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("no-orders.csv: cannot be read");
    }

    private static int number(Matcher result, int group) {
        return Integer.parseInt(result.group(group));
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        Path errors = directory.resolve("errors.txt");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Quickstart.class.getName()),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ended")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readAllLines(output), Files.readString(errors));
    }

    private record Run(int exitCode, List<String> output, String errors) {

        Matcher result() {
            Matcher matcher = RESULT.matcher(output.isEmpty() ? "" : output.get(output.size() - 1));
            assertThat(matcher.matches()).as(String.join("\n", output) + errors).isTrue();
            return matcher;
        }
    }

    /** What the databases say, counted by hand: an order is in all of them, in none, or it is torn. */
    private record Count(int committed, int compensated, int torn) {

        static Count of(Path data) throws SQLException {
            Map<Long, List<String>> orders =
                    rows(data, "stock", "SELECT id, sku, quantity, customer, price FROM orders");
            Map<Long, List<String>> reserved =
                    rows(data, "stock", "SELECT order_id, sku, quantity FROM reservations WHERE undone_at IS NULL");
            Map<Long, List<String>> charged =
                    rows(data, "payments", "SELECT order_id, customer, amount FROM payments WHERE undone_at IS NULL");
            Map<Long, List<String>> shipped =
                    rows(data, "shipments", "SELECT order_id, sku, quantity FROM shipments WHERE undone_at IS NULL");
            Set<Long> known = new HashSet<>(orders.keySet());
            assertThat(known)
                    .containsAll(reserved.keySet())
                    .containsAll(charged.keySet())
                    .containsAll(shipped.keySet());

            int committed = 0;
            int compensated = 0;
            for (Map.Entry<Long, List<String>> order : orders.entrySet()) {
                List<String> article = order.getValue().subList(0, 2);
                long places = Stream.of(reserved, charged, shipped)
                        .filter(each -> each.containsKey(order.getKey()))
                        .count();
                committed += places == 3
                                && article.equals(reserved.get(order.getKey()))
                                && article.equals(shipped.get(order.getKey()))
                        ? 1
                        : 0;
                compensated += places == 0 ? 1 : 0;
            }
            return new Count(committed, compensated, orders.size() - committed - compensated);
        }

        private static Map<Long, List<String>> rows(Path data, String database, String sql) throws SQLException {
            Map<Long, List<String>> rows = new HashMap<>();
            String url = "jdbc:h2:file:" + data.toAbsolutePath().resolve(database) + ";IFEXISTS=TRUE";
            try (Connection connection = DriverManager.getConnection(url, "sa", "");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    List<String> columns = IntStream.rangeClosed(
                                    2, row.getMetaData().getColumnCount())
                            .mapToObj(column -> text(row, column))
                            .toList();
                    assertThat(rows.put(row.getLong(1), columns))
                            .as("a second row of it")
                            .isNull();
                }
            }
            return rows;
        }

        private static String text(ResultSet row, int column) {
            try {
                return row.getString(column);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
