package io.dtx.examples.conformance;

import io.dtx.runtime.Dtx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The application's two databases, and how dtx is configured; all in the run's directory. A container that has pools brings
 * one for the first database, and registers it by itself: {@code -Dconformance.container.pools=stock}.
 */
@ApplicationScoped
public class Databases {

    private static final List<String> ALL = List.of("stock", "shipping");
    private static final List<String> OF_CONTAINER =
            List.of(System.getProperty("conformance.container.pools", "").split(","));

    private final Map<String, JdbcConnectionPool> pools = new LinkedHashMap<>();

    /** Is made by its container. */
    public Databases() {}

    /** Configures dtx. */
    public void configure(@Observes Dtx.Builder dtx) {
        Trace.say("configured");
        dtx.config("dtx.log.dir", Run.directory().resolve("log").toString())
                .config("dtx.application", "conformance")
                .config("dtx.compensation.wait", "30s");
        ALL.stream().filter(name -> !OF_CONTAINER.contains(name)).forEach(name -> dtx.resource(name, open(name)));
    }

    private DataSource open(String name) {
        return pools.computeIfAbsent(name, any -> JdbcConnectionPool.create(url(Run.directory(), name), "sa", ""));
    }

    /** Closes the pools: dtx has been closed before. */
    @PreDestroy
    public void close() {
        pools.values().forEach(JdbcConnectionPool::dispose);
        Trace.say("pools closed");
    }

    /** Makes the databases of a run. */
    static void create(Path directory) throws SQLException {
        for (String name : ALL) {
            JdbcConnectionPool pool = JdbcConnectionPool.create(url(directory, name), "sa", "");
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table entry(id bigint auto_increment primary key, what varchar(100))");
            } finally {
                pool.dispose();
            }
        }
    }

    private static String url(Path directory, String name) {
        return "jdbc:h2:file:" + directory.resolve(name).toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }
}
