package io.dtx.runtime.participant.guard;

import com.zaxxer.hikari.HikariDataSource;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.LocalTransactions;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contract on each database, at each isolation level, and on transactions that the application ends itself. */
class GuardedResourceTest {

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

    @Nested
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
    class OnPostgresRepeatableRead extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = PostgresFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_REPEATABLE_READ, database));
        }
    }

    @Nested
    class OnPostgresSerializable extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = PostgresFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_SERIALIZABLE, database));
        }
    }

    @Nested
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
    class OnMariaDb extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = MariaDbFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_READ_COMMITTED, database));
        }
    }

    @Nested
    class OnMariaDbRepeatableRead extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = MariaDbFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_REPEATABLE_READ, database));
        }
    }

    @Nested
    class OnMariaDbSerializable extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = MariaDbFixture.freshDatabase();
            return new GuardRig(database, Isolated.at(Connection.TRANSACTION_SERIALIZABLE, database));
        }
    }

    @Nested
    class OnMariaDbInTheApplicationsWay extends GuardContract {
        @Override
        GuardRig start() {
            TestDatabase database = MariaDbFixture.freshDatabase();
            return new GuardRig(database, supplied(database));
        }
    }
}
