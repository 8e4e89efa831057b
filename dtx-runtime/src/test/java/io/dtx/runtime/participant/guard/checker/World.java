package io.dtx.runtime.participant.guard.checker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.guard.JdbcResource;
import io.dtx.runtime.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A database at an isolation level, with a started resource; one run of two actors after the other. */
final class World implements AutoCloseable {

    static final long CLUSTER = 0x5f3a_09c2_d1e4_b687L;
    static final long RESTORED = 0x1c07_55aa_90be_0142L;

    final JdbcResource resource;
    /** The same one, as a process of the log sees it that was restored from a backup of the other. */
    final JdbcResource restored;

    private final HikariDataSource pool;
    private final Connection observer;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String waiting;

    /**
     * Starts it.
     *
     * @param isolation as Hikari writes it; empty for what the URL says
     * @param waiting a query that counts transactions that wait for a lock; empty if the actors' threads show it
     */
    World(TestDatabase database, String isolation, String waiting) {
        this.waiting = waiting;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        if (!isolation.isEmpty()) {
            config.setTransactionIsolation(isolation);
        }
        config.setMaximumPoolSize(6);
        pool = new HikariDataSource(config);
        database.execute("CREATE TABLE effect (step bigint NOT NULL, way char(1) NOT NULL)");
        resource = JdbcResource.of("stock", SteppedDataSource.over(pool));
        resource.start(new ResourceOwner(CLUSTER, "shop", "node-1", true));
        restored = JdbcResource.of("stock", SteppedDataSource.over(pool));
        restored.start(new ResourceOwner(RESTORED, "shop", "node-1", true));
        try {
            observer = database.connect();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs both actors to their end, in the order that the explorer chooses. */
    void run(Explorer explorer, Actor first, Actor second) {
        new Duel(explorer).run(threads, first, second, this::isBlocked);
    }

    private boolean isBlocked(Actor actor) {
        return waiting.isEmpty() ? actor.isParkedOrTries() : number(waiting) > 0;
    }

    /** Returns the first column of the first row. */
    long number(String query) {
        try (Statement statement = observer.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Executes statements, each in a transaction of its own. */
    void execute(String... statements) {
        try (Statement statement = observer.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        resource.close();
        restored.close();
        pool.close();
        threads.shutdownNow();
        try {
            observer.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
