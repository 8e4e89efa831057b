package io.dtx.runtime.participant.guard;

import static io.dtx.runtime.participant.guard.GuardRig.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.LocalTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Connections that come at another isolation level than at the start: a session that is opened after their snapshot was taken is
 * not there for them, and their guard row is refused. That is noticed, nothing has happened, and the next attempt locks.
 */
class ChangedLevelTest {

    private static final long NEW_SESSION = 11;

    /** What holds on each database. */
    abstract static class Contract {

        private final AtomicBoolean changed = new AtomicBoolean();
        private GuardRig rig;

        abstract TestDatabase freshDatabase();

        /** Returns a level that reads from a snapshot. */
        abstract int snapshot();

        private DataSource changing(TestDatabase database) {
            return Isolated.at(snapshot(), database, changed::get);
        }

        private void start() {
            TestDatabase database = freshDatabase();
            rig = new GuardRig(database, changing(database));
        }

        @AfterEach
        void close() {
            if (rig != null) { // the database is not there, and the test is skipped
                rig.resource.close();
            }
        }

        @Test
        void a_compensation_fails_with_the_reason_and_takes_effect_when_it_is_repeated() {
            start();
            rig.forward(1);
            rig.resource.raiseLow(OWNER, 1); // of which the transaction itself is no part
            changed.set(true);
            AtomicInteger runs = new AtomicInteger();

            ActionResult refused = compensate(runs);

            assertEquals(ActionResult.Kind.FAILED, refused.kind());
            assertThat(refused.failure()).hasMessageContaining("DTX-3025").hasMessageContaining("compensation of");
            assertEquals(0, rig.effects(1, 'U'));
            assertEquals(ActionResult.Kind.COMPENSATED, compensate(runs).kind());
            assertEquals(2, runs.get());
            assertEquals(1, rig.effects(1, 'U'));
        }

        private ActionResult compensate(AtomicInteger runs) {
            return rig.resource.compensate(rig.call(1, NEW_SESSION), OWNER, result -> {
                if (runs.incrementAndGet() == 1) {
                    rig.resource.openSession(NEW_SESSION);
                }
                rig.write(1, 'U');
            });
        }

        @Test
        void a_compensation_of_what_is_not_known_any_more_is_fenced_also_then() {
            start();
            rig.forward(1);
            rig.resource.raiseLow(OWNER, 2);
            changed.set(true);

            assertEquals(
                    ActionResult.Kind.FENCED, compensate(new AtomicInteger()).kind());
            assertEquals(0, rig.effects(1, 'U'));
        }

        @Test
        void a_step_has_no_effect_and_the_reason_and_takes_effect_when_it_is_repeated() {
            start();
            changed.set(true);
            AtomicInteger runs = new AtomicInteger();

            ForwardResult refused = step(runs);

            assertEquals(ForwardResult.Kind.NO_EFFECT, refused.kind());
            assertThat(refused.failure()).hasMessageContaining("DTX-3025");
            assertEquals(0, rig.effects(1, 'D'));
            assertEquals(ForwardResult.Kind.COMMITTED, step(runs).kind());
            assertEquals(1, rig.effects(1, 'D'));
        }

        private ForwardResult step(AtomicInteger runs) {
            return rig.resource.forward(
                    rig.call(1, NEW_SESSION),
                    () -> {
                        rig.write(1, 'D');
                        if (runs.incrementAndGet() == 1) {
                            rig.resource.openSession(NEW_SESSION);
                        }
                        return null;
                    },
                    () -> {});
        }

        @Test
        void a_step_is_settled_in_the_applications_own_transactions_at_the_second_attempt() {
            TestDatabase database = freshDatabase();
            JdbcResource other = JdbcResource.of("stock", database.unpooled());
            AtomicInteger calls = new AtomicInteger();
            JdbcResource supplied = JdbcResource.of("stock", new LocalTransactions() {
                @Override
                public <T> T call(Body<T> body) throws Exception {
                    try (Connection connection = changing(database).getConnection()) {
                        connection.setAutoCommit(false);
                        if (changed.get() && calls.incrementAndGet() == 2) { // the first one looks, and finds nothing
                            takeSnapshot(connection);
                            other.openSession(NEW_SESSION);
                        }
                        T result = body.run(connection);
                        connection.commit();
                        return result;
                    }
                }
            });
            rig = new GuardRig(database, supplied);
            other.start(rig.owner("shop", "node-1", true));
            changed.set(true);

            assertFalse(rig.resource.settle(rig.call(1, NEW_SESSION), OWNER).tookEffect());

            assertThat(calls.get()).isGreaterThan(4); // read the sessions, looked and inserted again
            assertEquals(ForwardResult.Kind.FENCED, rig.forward(1).kind());
            other.close();
        }

        private static void takeSnapshot(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT count(*) FROM dtx_session");
            }
        }
    }

    @Nested
    class OnH2 extends Contract {
        @Override
        TestDatabase freshDatabase() {
            return H2Fixture.freshDatabase();
        }

        @Override
        int snapshot() {
            return Isolated.SNAPSHOT;
        }
    }

    @Nested
    @Tag("server")
    class OnPostgres extends Contract {
        @Override
        TestDatabase freshDatabase() {
            return PostgresFixture.freshDatabase();
        }

        @Override
        int snapshot() {
            return Connection.TRANSACTION_REPEATABLE_READ;
        }
    }
}
