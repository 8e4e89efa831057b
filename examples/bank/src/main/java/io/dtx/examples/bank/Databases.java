package io.dtx.examples.bank;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** The databases as a worker sees them; the system property {@code bank.server} says where they are. */
@Dependent
class Databases {
    static final List<String> NAMES = List.of("savings", "checking");
    private static final int CONNECTIONS = 2 * Worker.THREADS + 2;

    static void configure(@Observes Dtx.Builder dtx) {
        for (String name : NAMES) {
            dtx.xaResource(name, xa(name)).persistenceUnit(name, "accounts"); // for ATOMIC methods and for steps
        }
    }

    private static PGXADataSource xa(String name) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(System.getProperty("bank.server") + name);
        source.setUser("postgres");
        return source;
    }

    static DataSource pool(String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(System.getProperty("bank.server") + name);
        source.setUser("postgres");
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMinimumIdle(1);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }
}
