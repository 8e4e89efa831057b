package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.SagaStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A step outside of a transaction is a step: it holds a connection, and nothing may ask for another one meanwhile. */
class StandaloneStepTest {

    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:standalone", "sa", "");
    private Dtx dtx;
    private Notes notes;
    private Connection keepsTheDatabase;

    @BeforeEach
    void start() throws SQLException {
        keepsTheDatabase = pool.getConnection();
        try (Statement statement = keepsTheDatabase.createStatement()) {
            statement.execute("create table note(text varchar)");
        }
        dtx = Dtx.builder().config("dtx.log", "memory").resource("notes", pool).build();
        notes = dtx.create(Notes.class, dtx, dtx.resource("notes"));
        dtx.start();
    }

    @AfterEach
    void stop() throws SQLException {
        dtx.close();
        keepsTheDatabase.close();
        pool.dispose();
    }

    @Test
    void a_standalone_step_is_a_local_transaction() throws Exception {
        notes.write("one");

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void a_step_inside_of_it_is_refused_and_nothing_of_either_stays() throws Exception {
        assertThatThrownBy(() -> notes.writeTwice("two"))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith(
                        "DTX-2013 step StandaloneStepTest.Notes.write was called inside step StandaloneStepTest.Notes.writeTwice")
                .hasMessageContaining("share a plain method");

        assertThat(count()).isZero();
        notes.write("the thread is free again");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void a_transaction_inside_of_it_is_refused() throws Exception {
        assertThatThrownBy(() -> notes.writeAndBegin("three"))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith(
                        "DTX-2014 inner would begin a transaction inside step StandaloneStepTest.Notes.writeAndBegin");

        assertThat(count()).isZero();
    }

    private long count() throws SQLException {
        try (Statement statement = keepsTheDatabase.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from note")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static class Notes {
        private final Dtx dtx;
        private final DataSource notes;

        Notes(Dtx dtx, DataSource notes) {
            this.dtx = dtx;
            this.notes = notes;
        }

        @SagaStep(compensate = SagaStep.NONE, resource = "notes", standalone = true)
        void write(String text) throws SQLException {
            insert(text);
        }

        @SagaStep(compensate = SagaStep.NONE, resource = "notes", standalone = true)
        void writeTwice(String text) throws SQLException {
            insert(text);
            write(text);
        }

        @SagaStep(compensate = SagaStep.NONE, resource = "notes", standalone = true)
        void writeAndBegin(String text) throws Exception {
            insert(text);
            dtx.call("inner", () -> null);
        }

        private void insert(String text) throws SQLException {
            try (Connection connection = notes.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into note values ('" + text + "')");
            }
        }
    }
}
