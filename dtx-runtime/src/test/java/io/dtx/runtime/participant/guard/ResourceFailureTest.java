package io.dtx.runtime.participant.guard;

import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Failures on each database. */
class ResourceFailureTest {

    @Nested
    @Tag("server")
    class OnPostgres extends ResourceFailureContract {

        @Override
        TestDatabase freshDatabase() {
            return PostgresFixture.freshDatabase();
        }

        @Override
        List<String> wrongTables() {
            String columns = "CREATE TABLE dtx_guard (transaction_id varchar(40) NOT NULL, step_number bigint NOT NULL,"
                    + " direction char(1) NOT NULL, attempt int, result bytea, created_at timestamptz, kind char(1)";
            return List.of(
                    columns + " NOT NULL)",
                    columns + ", PRIMARY KEY (transaction_id, step_number, direction))",
                    columns + " NOT NULL, PRIMARY KEY (step_number, direction))");
        }
    }

    @Nested
    class OnH2 extends ResourceFailureContract {

        @Override
        TestDatabase freshDatabase() {
            return H2Fixture.freshDatabase();
        }

        @Override
        List<String> wrongTables() {
            String columns = " NOT NULL, step_number bigint NOT NULL, direction char(1) NOT NULL, attempt int,"
                    + " result varbinary(100), created_at timestamp with time zone, kind char(1) NOT NULL";
            return List.of(
                    "CREATE TABLE dtx_guard (transaction_id varchar(40)" + columns + ")",
                    "CREATE TABLE dtx_guard (transaction_id varchar_ignorecase(40)" + columns
                            + ", PRIMARY KEY (transaction_id, step_number, direction))");
        }
    }

    @Nested
    @Tag("server")
    class OnMariaDb extends ResourceFailureContract {

        @Override
        TestDatabase freshDatabase() {
            return MariaDbFixture.freshDatabase();
        }

        @Override
        List<String> wrongTables() {
            String columns =
                    " NOT NULL, step_number bigint NOT NULL, direction char(1) NOT NULL, attempt int, result longblob,"
                            + " created_at datetime(6), conn bigint, kind char(1) NOT NULL";
            String key = ", PRIMARY KEY (transaction_id, step_number, direction))";
            String bytes = "CREATE TABLE dtx_guard (transaction_id varchar(40) CHARACTER SET ascii COLLATE ascii_bin"
                    + columns;
            return List.of(
                    "CREATE TABLE dtx_guard (transaction_id varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"
                            + columns + key,
                    bytes + ")",
                    bytes + key + " ENGINE=MyISAM");
        }
    }
}
