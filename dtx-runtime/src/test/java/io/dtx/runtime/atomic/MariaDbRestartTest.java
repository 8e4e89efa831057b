package io.dtx.runtime.atomic;

import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.MortalMariaDb;
import io.dtx.runtime.testdb.MortalServer;
import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;

/** {@link AtomicDatabaseRestartTest} with servers of MariaDB. */
class MariaDbRestartTest extends AtomicDatabaseRestartTest {

    @Override
    MortalServer server() throws IOException {
        return new MortalMariaDb();
    }

    @Override
    TestDatabase elsewhere() {
        return MariaDbFixture.freshDatabase();
    }
}
