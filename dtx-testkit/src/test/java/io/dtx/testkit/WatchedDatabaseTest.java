package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What took effect is what was committed: a session that was ended inserts no guard row. */
class WatchedDatabaseTest {

    private static final String INSERT = "INSERT INTO dtx_guard SELECT ?, ?, ? FROM dtx_session";
    private static final String BEFORE = "before the commit of step 4096", AFTER = "after the commit of step 4096";

    private final World world = new World(Map.of(), new Databases(List.of("stock"), Map.of()), Map.of());

    @BeforeEach
    void make_tables() throws SQLException {
        world.databases()
                .execute(
                        "stock",
                        "create table dtx_guard(transaction_id varchar, step_number bigint, direction char)",
                        "create table dtx_session(session bigint)",
                        "insert into dtx_session values (7)");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_row_takes_effect_with_the_commit_behind_it() throws SQLException {
        try (Connection connection = connect()) {
            insert(connection, INSERT);
            assertThat(world.script().effects()).isEmpty();
            connection.commit();
        }
        assertThat(world.script().effects()).hasSize(1);
        assertThat(world.script().passed()).contains(BEFORE, AFTER);
    }

    @Test
    void a_row_takes_effect_with_the_commit_in_its_own_trip() throws SQLException {
        try (Connection connection = connect()) {
            insert(connection, INSERT + "; COMMIT");
        }
        assertThat(world.script().effects()).hasSize(1);
        assertThat(world.script().passed()).containsExactly(BEFORE, AFTER);
    }

    @Test
    void no_row_takes_no_effect_whoever_commits() throws SQLException {
        world.databases().execute("stock", "delete from dtx_session");
        try (Connection connection = connect()) {
            insert(connection, INSERT + "; COMMIT");
            insert(connection, INSERT);
            connection.commit();
        }
        assertThat(world.script().effects()).isEmpty();
    }

    @Test
    void a_row_that_was_rolled_back_takes_no_effect_with_a_later_commit() throws SQLException {
        try (Connection connection = connect()) {
            insert(connection, INSERT);
            connection.rollback();
            connection.commit();
        }
        assertThat(world.script().effects()).isEmpty();
    }

    private Connection connect() throws SQLException {
        Connection connection = WatchedDatabase.of(
                        new Life(world), world.script(), world.databases().source("stock"))
                .getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void insert(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "0123456789abcdef-1-1");
            statement.setLong(2, 4096);
            statement.setString(3, "D");
            statement.executeUpdate();
        }
    }
}
