package io.dtx.benchmarks.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A PostgreSQL server of its own for one contender. It keeps what it acknowledged: fsync and synchronous_commit are on. */
public final class PostgresServer implements AutoCloseable {

    /** How many connections a pool has: more only wait for each other on few processors. */
    private static final int POOL_MAX = 32;

    private final EmbeddedPostgres postgres;
    private final ProcessHandle postmaster;
    private int databases;

    /** Starts a server whose data are in this directory. */
    public PostgresServer(Path directory) throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "400")
                .setServerConfig("max_prepared_transactions", "200")
                .start();
        require("fsync");
        require("synchronous_commit");
        String pid = Files.readAllLines(directory.resolve("postmaster.pid")).get(0);
        postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    /** Makes an empty database and returns its address. */
    public String freshUrl() throws SQLException {
        String name = "bench_" + ++databases;
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
    }

    /** Makes an empty database and a pool of connections to it. */
    HikariDataSource freshDatabase(int callers) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(freshUrl());
        config.setMaximumPoolSize(Math.min(callers, POOL_MAX) + 2); // two for whoever works in the background
        config.setConnectionTimeout(Duration.ofMinutes(1).toMillis());
        return new HikariDataSource(config);
    }

    /** Returns how often the write-ahead log was forced, as far as backends have said; they all have once they have ended. */
    public long forces() throws SQLException {
        return number("SELECT sum(fsyncs)::bigint FROM pg_stat_io WHERE object = 'wal'");
    }

    /** Returns the CPU time of the processes that are running. */
    public long cpuNanos() {
        return postmaster
                .descendants()
                .mapToLong(each ->
                        each.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
                .sum();
    }

    private void require(String setting) throws SQLException {
        if (number("SELECT count(*) FROM pg_settings WHERE setting = 'on' AND name = '" + setting + "'") != 1) {
            throw new IllegalStateException(setting + " is not on: nothing that is measured would mean anything");
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
