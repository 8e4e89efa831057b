package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL takes a guard row and its commit in one trip: there, too, a commit whose answer is lost is tried. */
class PostgresTest {

    @TempDir
    static Path directory;

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> a_commit_of_a_step_a_compensation_or_a_tombstone_is_lost() throws Exception {
        List<DynamicTest> lost = DtxExtension.inMemory()
                .resource("stock", server.getPostgresDatabase())
                .everyCrash(GivenDatabaseTest::open, shop -> shop.sell(2))
                .filter(each -> each.getDisplayName().contains("connection breaks"))
                .toList();

        assertThat(lost)
                .extracting(DynamicTest::getDisplayName)
                .containsExactly(
                        "the connection breaks before the commit of BrokenShop.reserve",
                        "the connection breaks after the commit of BrokenShop.reserve",
                        "the connection breaks before the commit of compensating BrokenShop.reserve",
                        "the connection breaks after the commit of compensating BrokenShop.reserve",
                        "the connection breaks before the commit of the tombstone of BrokenShop.reserve",
                        "the connection breaks after the commit of the tombstone of BrokenShop.reserve");
        return lost.stream();
    }
}
