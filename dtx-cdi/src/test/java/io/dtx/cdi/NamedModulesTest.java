package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.dtx.DistributedTransaction;
import io.dtx.processor.DtxProcessor;
import io.dtx.runtime.Dtx;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application in a named module that keeps its packages to itself, compiled and run from the module path alone. */
class NamedModulesTest {

    private static final String MODULE = """
            module shop {
                requires io.dtx.runtime;
                requires com.h2database;
                provides io.dtx.spi.Participant with shop.StockService_DtxParticipant;
            }
            """;

    private static final String STOCK = """
            package shop;

            import io.dtx.DistributedTransaction;
            import io.dtx.SagaStep;
            import java.sql.SQLException;
            import javax.sql.DataSource;

            public class StockService {
                private final DataSource stock;

                public StockService(DataSource stock) {
                    this.stock = stock;
                }

                @DistributedTransaction
                public void take(int pieces, boolean fails) throws SQLException {
                    reserve(pieces);
                    if (fails) {
                        throw new IllegalStateException("the order is refused");
                    }
                }

                @SagaStep(compensate = "release", resource = "stock")
                public void reserve(int pieces) throws SQLException {
                    add(-pieces);
                }

                void release(int pieces) throws SQLException {
                    add(pieces);
                }

                private void add(int pieces) throws SQLException {
                    try (var connection = stock.getConnection();
                            var update = connection.prepareStatement("UPDATE stock SET pieces = pieces + ?")) {
                        update.setInt(1, pieces);
                        update.executeUpdate();
                    }
                }
            }
            """;

    private static final String MAIN = """
            package shop;

            import io.dtx.DtxException;
            import io.dtx.runtime.Dtx;

            public class Main {
                public static void main(String[] arguments) throws Exception {
                    var pool = new org.h2.jdbcx.JdbcDataSource();
                    pool.setUrl("jdbc:h2:mem:stock;DB_CLOSE_DELAY=-1");
                    try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
                        statement.execute("CREATE TABLE stock (pieces INT)");
                        statement.execute("INSERT INTO stock VALUES (10)");
                    }
                    try (Dtx dtx = Dtx.builder().config("dtx.log.dir", arguments[0]).resource("stock", pool).build()) {
                        try {
                            dtx.create(StockService.class, pool);
                        } catch (DtxException e) {
                            System.out.println(e.getMessage());
                        }
                        var service = new StockService_DtxBean(dtx.resource("stock"));
                        dtx.register(service);
                        System.out.println("steps: " + Dtx.participantOf(StockService_DtxBean.class).steps());
                        dtx.start();
                        service.take(3, false);
                        try {
                            service.take(5, true);
                        } catch (IllegalStateException e) {
                            System.out.println(e.getMessage());
                        }
                    }
                    try (var connection = pool.getConnection(); var statement = connection.createStatement();
                            var result = statement.executeQuery("SELECT pieces FROM stock")) {
                        result.next();
                        System.out.println(Main.class.getModule() + " with " + Dtx.class.getModule().getDescriptor().isAutomatic()
                                + " has " + result.getInt(1) + " pieces");
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void a_module_that_keeps_its_packages_to_itself_runs_sagas() throws Exception {
        assumeFalse(
                Files.isDirectory(Path.of(jars(Dtx.class))),
                "SKIPPED named modules: descriptors are in jars; run the phase package or verify");
        Path sources = Files.createDirectories(directory.resolve("sources/shop"));
        Files.writeString(sources.resolveSibling("module-info.java"), MODULE);
        Files.writeString(sources.resolve("StockService.java"), STOCK);
        Files.writeString(sources.resolve("Main.java"), MAIN);
        Path classes = directory.resolve("classes");
        String libraries = jars(DistributedTransaction.class, Dtx.class, JdbcDataSource.class);

        String compiled = run(
                "javac",
                "-d",
                classes.toString(),
                "--module-path",
                libraries,
                "--processor-path",
                System.getProperty("java.class.path"),
                "-processor",
                DtxProcessor.class.getName(),
                sources.resolveSibling("module-info.java").toString(),
                sources.resolve("StockService.java").toString(),
                sources.resolve("Main.java").toString());
        assertThat(compiled).doesNotContain("error");

        String output = run(
                "java",
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                classes + File.pathSeparator + libraries,
                "--module",
                "shop/shop.Main",
                directory.resolve("log").toString());

        assertThat(output)
                .contains("DTX-1009 module shop keeps shop.StockService_DtxBean to itself")
                .contains("steps: [StockService.reserve]")
                .contains("the order is refused")
                .contains("module shop with false has 7 pieces");
    }

    private static String jars(Class<?>... of) {
        return Stream.of(of)
                .map(each -> Path.of(
                        each.getProtectionDomain().getCodeSource().getLocation().getPath()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        Path output = directory.resolve(tool + ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended && process.exitValue() == 0).as(text).isTrue();
        return text;
    }
}
