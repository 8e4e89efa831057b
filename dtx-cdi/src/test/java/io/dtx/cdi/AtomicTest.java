package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionMode;
import io.dtx.runtime.Dtx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.TransactionalException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.xa.PGXADataSource;

/**
 * Injected XA resources in ATOMIC methods of beans, in Weld SE that discovers everything on the class path: our extension, and
 * Narayana's with its interceptors for {@code @Transactional}.
 */
class AtomicTest {

    @TempDir
    static Path directory;

    @TempDir
    static Path log; // of all starts: the databases remember whose sessions they have

    private static EmbeddedPostgres server;

    private WeldContainer container;
    private Transfers transfers;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("max_prepared_transactions", "16")
                .start();
        for (String each : new String[] {"east", "west"}) {
            execute(server.getPostgresDatabase(), "CREATE DATABASE " + each);
            execute(server.getDatabase("postgres", each), "CREATE TABLE account (balance BIGINT NOT NULL)");
            execute(server.getDatabase("postgres", each), "INSERT INTO account VALUES (0)");
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void open() throws SQLException {
        execute(server.getDatabase("postgres", "east"), "UPDATE account SET balance = 1000");
        execute(server.getDatabase("postgres", "west"), "UPDATE account SET balance = 1000");
        container = new Weld(UUID.randomUUID().toString())
                .property(Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY, false)
                .addBeanClasses(Databases.class, Transfers.class, AtomicTest_Transfers_DtxBean.class, Ledger.class)
                .initialize();
        transfers = container.select(Transfers.class).get();
    }

    @AfterEach
    void close() throws SQLException {
        container.close();
        assertThat(number(server.getPostgresDatabase(), "SELECT count(*) FROM pg_prepared_xacts"))
                .isZero();
    }

    @Test
    void injected_xa_resources_commit_together() throws Exception {
        transfers.transfer(10);

        assertBalances(990, 1010);
    }

    @Test
    void an_exception_rolls_them_all_back() throws Exception {
        assertThatThrownBy(() -> transfers.transferAndFail(10)).hasMessage("changed my mind");

        assertBalances(1000, 1000);
    }

    @Test
    void transactional_beans_take_part() throws Exception {
        transfers.transferThroughTheLedger(10);

        assertBalances(990, 1010);
    }

    @Test
    void a_transactional_bean_that_fails_rolls_everything_back_although_its_caller_catches() throws Exception {
        assertThatThrownBy(() -> transfers.transferDespiteTheLedger(10))
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageStartingWith("DTX-3543");

        assertBalances(1000, 1000);
    }

    @Test
    void an_atomic_method_may_be_transactional_itself() throws Exception {
        transfers.transferTransactionally(10);

        assertBalances(990, 1010);
    }

    @Test
    void a_transaction_that_dtx_has_not_begun_cannot_use_the_resource() throws Exception {
        Ledger ledger = container.select(Ledger.class).get();

        assertThatThrownBy(() -> ledger.add(10)).hasMessageStartingWith("DTX-3529");
        assertThatThrownBy(() -> transfers.transferAside(10)).hasMessageStartingWith("DTX-3529");
        assertThatThrownBy(() -> ledger.addIfInTransaction(10)).isInstanceOf(TransactionalException.class);

        assertBalances(1000, 1000);
    }

    private static void assertBalances(long inEast, long inWest) throws SQLException {
        String balance = "SELECT balance FROM account";
        assertThat(number(server.getDatabase("postgres", "east"), balance)).isEqualTo(inEast);
        assertThat(number(server.getDatabase("postgres", "west"), balance)).isEqualTo(inWest);
    }

    private static void add(DataSource account, long amount) throws SQLException {
        execute(account, "UPDATE account SET balance = balance + " + amount);
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @ApplicationScoped
    static class Databases {
        void configure(@Observes Dtx.Builder dtx) {
            dtx.config("dtx.log.dir", log.toString())
                    .xaResource("east", xa("east"))
                    .xaResource("west", xa("west"));
        }

        private static PGXADataSource xa(String name) {
            PGXADataSource source = new PGXADataSource();
            source.setUrl(server.getJdbcUrl("postgres", name));
            return source;
        }
    }

    @ApplicationScoped
    static class Transfers {
        @Inject
        @Guarded("east")
        DataSource east;

        @Inject
        @Guarded("west")
        DataSource west;

        @Inject
        Ledger ledger;

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transfer(long amount) throws SQLException {
            add(east, -amount);
            add(west, amount);
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferAndFail(long amount) throws SQLException {
            transfer(amount);
            throw new IllegalArgumentException("changed my mind");
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferThroughTheLedger(long amount) throws SQLException {
            add(east, -amount);
            ledger.addIfInTransaction(amount - 1);
            ledger.add(1);
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferDespiteTheLedger(long amount) throws SQLException {
            transfer(amount);
            try {
                ledger.refuse();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("closed");
            }
        }

        @Transactional
        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferTransactionally(long amount) throws SQLException {
            transfer(amount);
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferAside(long amount) throws SQLException {
            add(east, -amount);
            ledger.addInAnother(amount);
        }
    }

    /** Knows JTA only. */
    @ApplicationScoped
    static class Ledger {
        @Inject
        @Guarded("west")
        DataSource west;

        @Transactional
        public void add(long amount) throws SQLException {
            AtomicTest.add(west, amount);
        }

        @Transactional(Transactional.TxType.MANDATORY)
        public void addIfInTransaction(long amount) throws SQLException {
            AtomicTest.add(west, amount);
        }

        @Transactional(Transactional.TxType.REQUIRES_NEW)
        public void addInAnother(long amount) throws SQLException {
            AtomicTest.add(west, amount);
        }

        @Transactional
        public void refuse() {
            throw new IllegalStateException("closed");
        }
    }
}
