package io.dtx.runtime.participant.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import io.dtx.runtime.participant.GuardedResource.OpenSession;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.LocalTransactions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract on each database, at each isolation level, and on transactions that the application ends itself. */
class GuardedResourceTest {

    private static final long TWO_PAGES = 400;

    /** Transactions in the application's own way. */
    static JdbcResource supplied(TestDatabase database) {
        return JdbcResource.of("stock", new LocalTransactions() {
            @Override
            public <T> T call(Body<T> body) throws Exception {
                try (Connection connection = database.connect()) {
                    connection.setAutoCommit(false);
                    T result = body.run(connection);
                    connection.commit();
                    return result;
                }
            }
        });
    }

    @Test
    void a_sweep_goes_through_as_many_pages_as_there_are() {
        TestDatabase database = H2Fixture.freshDatabase();
        GuardRig rig = new GuardRig(database, database.unpooled());
        for (long n = 1; n <= TWO_PAGES; n++) {
            rig.forward(n);
        }
        database.execute("UPDATE dtx_guard SET created_at = '2020-01-01 00:00:00'");
        List<OpenSession> open = List.of(new OpenSession(GuardRig.OWNER, TWO_PAGES + 1));
        assertEquals(
                TWO_PAGES,
                rig.resource.sweep(Duration.ofHours(1), open, GuardRig.knowing(List.of(), session -> Long.MAX_VALUE)));
        assertEquals(0, rig.guardRows());
        rig.resource.close();
    }

    @Nested
    @Tag("server")
    class OnPostgres extends GuardContract {

        private HikariDataSource pool;

        @Override
        GuardRig start() {
            TestDatabase database = PostgresFixture.freshDatabase();
            pool = database.pool(4);
            return new GuardRig(database, pool);
        }

        @AfterEach
        void closePool() {
            pool.close();
        }
    }

    @Nested
    @Tag("server")
    class OnPostgresRepeatableRead extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = PostgresFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_REPEATABLE_READ, database));
        }
    }

    @Nested
    @Tag("server")
    class OnPostgresSerializable extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = PostgresFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_SERIALIZABLE, database));
        }
    }

    @Nested
    @Tag("server")
    class OnPostgresInTheApplicationsWay extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = PostgresFixture.freshDatabase();
            return new GuardRig(database, supplied(database));
        }
    }

    @Nested
    class OnH2 extends GuardContract {

        private HikariDataSource pool;

        @Override
        GuardRig start() {
            TestDatabase database = H2Fixture.freshDatabase();
            pool = database.pool(4);
            return new GuardRig(database, pool);
        }

        @AfterEach
        void closePool() {
            pool.close();
        }
    }

    @Nested
    class OnH2Snapshot extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = H2Fixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Isolated.SNAPSHOT, database));
        }
    }

    @Nested
    class OnH2Serializable extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = H2Fixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_SERIALIZABLE, database));
        }
    }

    @Nested
    class OnH2InTheApplicationsWay extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = H2Fixture.freshDatabase();
            return new GuardRig(database, supplied(database));
        }
    }

    @Nested
    @Tag("server")
    class OnMariaDb extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = MariaDbFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_READ_COMMITTED, database));
        }
    }

    @Nested
    @Tag("server")
    class OnMariaDbRepeatableRead extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = MariaDbFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_REPEATABLE_READ, database));
        }
    }

    @Nested
    @Tag("server")
    class OnMariaDbSerializable extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = MariaDbFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_SERIALIZABLE, database));
        }
    }

    @Nested
    @Tag("server")
    class OnMariaDbInTheApplicationsWay extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = MariaDbFixture.freshDatabase();
            return new GuardRig(database, supplied(database));
        }
    }
}
