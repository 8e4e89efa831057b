package io.dtx.runtime.participant.guard.checker;

import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A database at an isolation level of the user's. */
enum Level {
    H2_READ_COMMITTED("H2 READ COMMITTED", false, false, () -> h2("READ COMMITTED")),
    H2_SNAPSHOT("H2 SNAPSHOT", true, false, () -> h2("SNAPSHOT")),
    H2_SERIALIZABLE("H2 SERIALIZABLE", true, false, () -> h2("SERIALIZABLE")),
    POSTGRES_READ_COMMITTED("PostgreSQL READ COMMITTED", false, false, () -> postgres("READ_COMMITTED")),
    POSTGRES_REPEATABLE_READ("PostgreSQL REPEATABLE READ", true, false, () -> postgres("REPEATABLE_READ")),
    POSTGRES_SERIALIZABLE("PostgreSQL SERIALIZABLE", true, true, () -> postgres("SERIALIZABLE")),
    MARIADB_READ_COMMITTED("MariaDB READ COMMITTED", false, false, () -> mariaDb("READ_COMMITTED")),
    MARIADB_REPEATABLE_READ("MariaDB REPEATABLE READ", false, false, () -> mariaDb("REPEATABLE_READ")),
    MARIADB_SERIALIZABLE("MariaDB SERIALIZABLE", false, false, () -> mariaDb("SERIALIZABLE"));

    private static final String POSTGRES_WAITING = "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND state = 'active' AND wait_event_type = 'Lock'";
    private static final String MARIADB_WAITING =
            "SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";

    private final String title;
    private final boolean checksSnapshot;
    private final boolean detectsConflicts;
    private final Supplier<World> start;

    Level(String title, boolean checksSnapshot, boolean detectsConflicts, Supplier<World> start) {
        this.title = title;
        this.checksSnapshot = checksSnapshot;
        this.detectsConflicts = detectsConflicts;
        this.start = start;
    }

    /** Returns those of which the title contains {@code dtx.checker.levels}. */
    static Stream<Level> chosen() {
        return Arrays.stream(values())
                .filter(each -> each.title.contains(System.getProperty("dtx.checker.levels", "")));
    }

    private static World postgres(String isolation) {
        TestDatabase database = PostgresFixture.freshDatabase();
        // Who sees what when is the question here, not what survives a crash: -Ddtx.checker.durable=true waits for the
        // disk too.
        String url = database.url()
                + (Boolean.getBoolean("dtx.checker.durable") ? "" : "?options=-c%20synchronous_commit=off");
        return new World(
                new TestDatabase(url, database.user(), database.password()),
                "TRANSACTION_" + isolation,
                POSTGRES_WAITING);
    }

    private static World h2(String isolation) {
        TestDatabase database = H2Fixture.freshDatabase();
        String url = database.url() + ";INIT=SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + isolation;
        return new World(new TestDatabase(url, database.user(), database.password()), "", "");
    }

    private static World mariaDb(String isolation) {
        return new World(MariaDbFixture.freshDatabase(), "TRANSACTION_" + isolation, MARIADB_WAITING);
    }

    String title() {
        return title;
    }

    /** Returns whether the guard row's session check, if it took no lock, would read from the transaction's snapshot. */
    boolean checksSnapshot() {
        return checksSnapshot;
    }

    /** Returns whether plain reads lock what they read, and what they find missing, until the transaction ends. */
    boolean locksReads() {
        return this == MARIADB_SERIALIZABLE;
    }

    /** Returns whether the database refuses one of two transactions that each read what the other one wrote. */
    boolean detectsConflicts() {
        return detectsConflicts;
    }

    /**
     * Returns whether no guard row that was inserted before a fence is committed after it, though no guard row of the other side
     * refuses it: because the check locks, or because nothing comes between the insert and the commit.
     */
    boolean fencesWhatIsAboutToCommit() {
        return this != H2_READ_COMMITTED;
    }

    World open() {
        return start.get();
    }
}
