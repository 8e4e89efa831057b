package io.dtx.runtime.participant.guard;

import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.sql.Connection;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The connection of a step on each database. */
class StepConnectionTest {

    @Nested
    @Tag("server")
    class OnPostgres extends StepConnectionContract {

        @Override
        GuardRig start() {
            TestDatabase database = PostgresFixture.freshDatabase();
            return new GuardRig(database, database.unpooled());
        }

        @Override
        String endless() {
            return "SELECT pg_sleep(300)";
        }
    }

    @Nested
    class OnH2 extends StepConnectionContract {

        @Override
        GuardRig start() {
            TestDatabase database = H2Fixture.freshDatabase();
            return new GuardRig(database, database.unpooled());
        }

        @Override
        String endless() {
            return "SELECT count(*) FROM system_range(1, 1000000000) a, system_range(1, 1000000000) b WHERE a.x + b.x = 7";
        }
    }

    @Nested
    @Tag("server")
    class OnMariaDb extends StepConnectionContract {

        @Override
        GuardRig start() {
            TestDatabase database = MariaDbFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_READ_COMMITTED, database));
        }

        @Override
        String endless() {
            return "SELECT BENCHMARK(1000000000000, 1 + 1)";
        }
    }
}
