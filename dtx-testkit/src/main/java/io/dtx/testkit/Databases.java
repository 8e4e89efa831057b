package io.dtx.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The databases behind the resources, as the test sees them: beside dtx. Those in memory are made, and vanish, with it. */
final class Databases implements AutoCloseable {

    private final Map<String, DataSource> sources = new LinkedHashMap<>();
    private final List<String> inMemory;

    /** Makes one in memory for each name, and takes the given ones. */
    Databases(List<String> inMemory, Map<String, DataSource> given) {
        String suffix = UUID.randomUUID().toString();
        this.inMemory = List.copyOf(inMemory);
        inMemory.forEach(name -> sources.put(name, inMemory("jdbc:h2:mem:" + name + "-" + suffix)));
        sources.putAll(given);
    }

    private static DataSource inMemory(String url) {
        return WatchedDatabase.proxy(DataSource.class, (method, arguments) -> switch (method.getName()) {
            case "getConnection" -> open(url + ";DB_CLOSE_DELAY=-1");
            case "hashCode" -> url.hashCode();
            case "equals" -> false;
            case "toString" -> url;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static Connection open(String url) throws SQLException {
        try {
            return DriverManager.getConnection(url, "sa", "");
        } catch (SQLException e) {
            if ("08001".equals(e.getSQLState())) {
                throw new SQLException(
                        "DTX-8504 databases in memory need H2: add com.h2database:h2 to the tests' class path, or"
                                + " give a database of your own with .resource(name, dataSource).",
                        e);
            }
            throw e;
        }
    }

    Map<String, DataSource> sources() {
        return sources;
    }

    DataSource source(String name) {
        DataSource source = sources.get(name);
        if (source == null) {
            throw new IllegalArgumentException(
                    "DTX-8505 the test has no resource \"" + name + "\"; it has " + sources.keySet() + ".");
        }
        return source;
    }

    void execute(String name, String... statements) throws SQLException {
        try (Connection connection = source(name).getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Returns the first column of the first row; null if there is no row. */
    @Nullable
    Object value(String name, String query) throws SQLException {
        try (Connection connection = source(name).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getObject(1) : null;
        }
    }

    @Override
    public void close() {
        for (String each : inMemory) {
            try {
                execute(each, "SHUTDOWN IMMEDIATELY");
            } catch (SQLException e) {
                throw new IllegalStateException("DTX-8506 the database \"" + each + "\" does not close", e);
            }
        }
    }
}
