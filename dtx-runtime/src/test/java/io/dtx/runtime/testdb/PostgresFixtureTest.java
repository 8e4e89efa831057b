package io.dtx.runtime.testdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresFixtureTest {

    @Test
    void every_test_gets_a_database_of_its_own() {
        TestDatabase one = PostgresFixture.freshDatabase();
        TestDatabase other = PostgresFixture.freshDatabase();
        one.execute("CREATE TABLE t (n int)", "INSERT INTO t VALUES (7)");
        assertNotEquals(one.url(), other.url());
        assertEquals(7, one.number("SELECT n FROM t"));
        assertEquals(0, other.number("SELECT count(*) FROM pg_tables WHERE tablename = 't'"));
    }

    @Test
    void a_pool_hands_out_connections_to_it() throws SQLException {
        TestDatabase database = PostgresFixture.freshDatabase();
        try (HikariDataSource pool = database.pool(2);
                Connection connection = pool.getConnection()) {
            assertEquals(database.url(), connection.getMetaData().getURL());
        }
    }
}
