package io.dtx.runtime.atomic;

import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.TestDatabase;

/** {@link AtomicLeaderTest} with databases of MariaDB. */
class MariaDbLeaderTest extends AtomicLeaderTest {

    @Override
    TestDatabase freshDatabase() {
        return MariaDbFixture.freshDatabase();
    }
}
