package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.testkit.BrokenShop.Bug;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A database of the test's own outlives the kits on it, with all that dtx keeps in it. */
class GivenDatabaseTest {

    private final DataSource given = database();
    private final DtxExtension dtx = DtxExtension.inMemory().resource("stock", given);

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:given-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    @AfterEach
    void shut_down() throws SQLException {
        try (Connection connection = given.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    @Test
    void one_test_after_the_other_uses_it_by_the_same_extension_or_by_another() throws SQLException {
        sell(dtx);
        sell(dtx);
        sell(DtxExtension.inMemory().resource("stock", given));
    }

    /** A test, from its beginning to its end: a sale that commits, and one that a crash undoes. */
    private static void sell(DtxExtension dtx) throws SQLException {
        BrokenShop shop = open(dtx);
        shop.sell(2);
        dtx.lastTransaction().assertCommitted();
        dtx.crashAfter("reserve");
        assertThatThrownBy(() -> shop.sell(2)).isInstanceOf(SimulatedCrash.class);
        dtx.lastTransaction().assertCompensated("release");
        assertThat(dtx.value("stock", "select available from item")).isEqualTo(8);
        dtx.end(false);
    }

    /** The runs that are recorded, and some more: one after the other is what matters here. */
    @TestFactory
    Stream<DynamicTest> every_crash_is_tried_on_it_when_each_run_clears_it() throws Exception {
        return dtx.everyCrash(GivenDatabaseTest::open, shop -> shop.sell(2), Ending::assertAllOrNothing)
                .limit(10);
    }

    static BrokenShop open(TestDtx dtx) throws SQLException {
        dtx.execute(
                "stock",
                "drop table if exists item",
                "create table item(sku varchar primary key, available int)",
                "insert into item values ('tea', 10)");
        return dtx.create(BrokenShop.class, Bug.NONE, dtx.resource("stock"), dtx.database("stock"));
    }
}
