package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.Dtx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TableGenerator;
import jakarta.persistence.TransactionRequiredException;
import jakarta.persistence.Version;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.xa.PGXADataSource;

/** Injected entity managers of two databases work in one ATOMIC transaction, in Weld SE. */
class AtomicEntityManagerTest {

    @TempDir
    static Path directory;

    @TempDir
    static Path log;

    private static EmbeddedPostgres server;

    private WeldContainer container;
    private Books books;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("max_prepared_transactions", "16")
                .start();
        execute(server.getPostgresDatabase(), "CREATE DATABASE east");
        execute(server.getPostgresDatabase(), "CREATE DATABASE west");
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void open() {
        container = new Weld(UUID.randomUUID().toString())
                .property(Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY, false)
                .addBeanClasses(
                        Databases.class, Books.class, AtomicEntityManagerTest_Books_DtxBean.class, Auditor.class)
                .addBeanClasses(Till.class, AtomicEntityManagerTest_Till_DtxBean.class)
                .initialize();
        books = container.select(Books.class).get();
    }

    @AfterEach
    void close() throws SQLException {
        for (String each : List.of("east", "west")) {
            Statistics statistics = container
                    .select(EntityManager.class, Guarded.Literal.of(each))
                    .get()
                    .getEntityManagerFactory()
                    .unwrap(SessionFactory.class)
                    .getStatistics();
            assertThat(statistics.getSessionCloseCount())
                    .as("closed of the opened sessions of %s", each)
                    .isEqualTo(statistics.getSessionOpenCount());
        }
        container.close();
        assertThat(number(server.getPostgresDatabase(), "SELECT count(*) FROM pg_prepared_xacts"))
                .isZero();
    }

    @Test
    void entities_of_two_units_commit_together() throws Exception {
        books.open("ada", 100);

        TransactionId id = books.transfer("ada", 30);

        assertBalances(70, 130);
        assertThat(books.traceOf(id)).isPositive();
    }

    @Test
    void what_is_looked_up_takes_part_as_what_is_injected_does() throws Exception {
        Till till = container.select(Till.class).get();
        books.open("ada", 100);

        till.transfer("ada", 30, false);
        assertBalances(70, 130);

        assertThatThrownBy(() -> till.transfer("ada", 5, true)).hasMessage("changed my mind");
        assertBalances(70, 130);
    }

    @Test
    void an_exception_rolls_both_back() throws Exception {
        books.open("ada", 100);

        assertThatThrownBy(() -> books.transferAndFail("ada", 30)).hasMessage("changed my mind");

        assertBalances(100, 100);
    }

    @Test
    void what_fails_when_it_is_flushed_before_the_prepare_rolls_both_back_and_the_caller_is_told() throws Exception {
        books.open("ada", 100);

        assertThatThrownBy(() -> books.transferAndDuplicate("ada", 30))
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageStartingWith("DTX-3543")
                .hasStackTraceContaining("duplicate key");

        assertBalances(100, 100);
    }

    @Test
    void what_another_transaction_has_changed_meanwhile_rolls_both_back() throws Exception {
        books.open("ada", 100);

        assertThatThrownBy(() -> books.transferStale("ada", 30))
                .isInstanceOf(TransactionAbortedException.class)
                .hasStackTraceContaining(OptimisticLockException.class.getName());

        assertBalances(100, 100);
    }

    @Test
    void a_failure_of_hibernate_that_is_swallowed_rolls_both_back() throws Exception {
        books.open("ada", 100);

        assertThatThrownBy(() -> books.transferSwallowing("ada", 30))
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageStartingWith("DTX-3543");

        assertBalances(100, 100);
    }

    @Test
    void a_single_unit_commits_alone_and_reading_leaves_no_trace() throws Exception {
        books.open("ada", 100);

        assertThat(books.traceOf(books.deposit("ada", 5))).isZero();
        assertThat(books.traceOf(books.read("ada"))).isZero();

        assertBalances(105, 100);
    }

    @Test
    void beans_of_one_transaction_share_its_persistence_context() throws Exception {
        books.open("ada", 100);

        books.transferThroughAuditor("ada", 30);

        assertBalances(70, 130);
    }

    @Test
    void saga_steps_and_their_compensations_work_with_the_same_entity_managers() throws Exception {
        books.open("ada", 100);

        books.transferBySteps("ada", 30, false);
        assertThatThrownBy(() -> books.transferBySteps("ada", 5, true)).hasMessage("changed my mind");

        assertBalances(70, 130);
    }

    @Test
    void a_transaction_whose_time_is_over_has_no_effect() throws Exception {
        books.open("ada", 100);

        assertThatThrownBy(() -> books.transferSlowly("ada", 30)).isInstanceOf(TransactionTimeoutException.class);

        assertBalances(100, 100);
    }

    @Test
    void outside_of_transactions_reads_are_detached_and_writes_are_refused() throws Exception {
        books.open("ada", 100);

        assertThat(books.balanceOf("ada")).isEqualTo(100);
        assertThatThrownBy(() -> books.addWithoutTransaction("bob"))
                .isInstanceOf(TransactionRequiredException.class)
                .hasMessageStartingWith("DTX-3032");
        assertThatThrownBy(() -> books.bookInAStrangersTransaction("ada")).hasStackTraceContaining("DTX-3529");

        assertBalances(100, 100);
    }

    private static void assertBalances(long inEast, long inWest) throws SQLException {
        String balance = "SELECT sum(balance) FROM account";
        assertThat(number(server.getDatabase("postgres", "east"), balance)).isEqualTo(inEast);
        assertThat(number(server.getDatabase("postgres", "west"), balance)).isEqualTo(inWest);
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

    /** Money of somebody. */
    @Entity(name = "account")
    public static class Account {
        @Id
        String owner;

        long balance;

        @Version
        int version;

        static Account of(String owner, long balance) {
            Account account = new Account();
            account.owner = owner;
            account.balance = balance;
            return account;
        }
    }

    /** What was done; its ids come from a table, through a connection aside of the transaction. */
    @Entity(name = "booking")
    public static class Booking {
        @Id
        @TableGenerator(name = "ids", allocationSize = 1)
        @GeneratedValue(strategy = GenerationType.TABLE, generator = "ids")
        Long id;

        long amount;
    }

    @ApplicationScoped
    static class Databases {
        void configure(@Observes Dtx.Builder dtx) {
            dtx.config("dtx.log.dir", log.toString())
                    .xaResource("east", xa("east"))
                    .persistenceUnit("east", "accounts-pu")
                    .xaResource("west", xa("west"))
                    .persistenceUnit("west", "accounts-pu");
        }

        private static PGXADataSource xa(String name) {
            PGXADataSource source = new PGXADataSource();
            source.setUrl(server.getJdbcUrl("postgres", name));
            return source;
        }
    }

    @ApplicationScoped
    static class Books {
        @Inject
        @Guarded("east")
        EntityManager east;

        @Inject
        @Guarded("west")
        EntityManager west;

        @Inject
        Dtx dtx;

        @Inject
        Auditor auditor;

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void open(String owner, long balance) {
            east.persist(Account.of(owner, balance));
            west.persist(Account.of(owner, balance));
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public TransactionId transfer(String owner, long amount) {
            add(east, owner, -amount);
            add(west, owner, amount);
            return TransactionContext.current().id();
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferAndFail(String owner, long amount) {
            transfer(owner, amount);
            east.flush();
            west.flush();
            throw new IllegalArgumentException("changed my mind");
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferAndDuplicate(String owner, long amount) {
            transfer(owner, amount);
            west.createNativeQuery("INSERT INTO account (owner, balance, version) VALUES ('bob', 1, 0)")
                    .executeUpdate();
            west.persist(Account.of("bob", 1)); // the database sees it when the transaction completes
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferStale(String owner, long amount) throws SQLException {
            transfer(owner, amount);
            execute(server.getDatabase("postgres", "west"), "UPDATE account SET version = version + 1");
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferSwallowing(String owner, long amount) {
            transfer(owner, amount);
            west.createNativeQuery("INSERT INTO account (owner, balance, version) VALUES ('bob', 1, 0)")
                    .executeUpdate();
            west.persist(Account.of("bob", 1));
            try {
                west.flush();
            } catch (PersistenceException e) {
                west.clear();
            }
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public TransactionId deposit(String owner, long amount) {
            add(east, owner, amount);
            return TransactionContext.current().id();
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public TransactionId read(String owner) {
            assertThat(east.find(Account.class, owner)).isSameAs(east.find(Account.class, owner));
            return TransactionContext.current().id();
        }

        @DistributedTransaction
        public void transferBySteps(String owner, long amount, boolean thenFails) {
            take(owner, amount);
            give(owner, amount);
            if (thenFails) {
                throw new IllegalArgumentException("changed my mind");
            }
        }

        @SagaStep(compensate = "giveBack", resource = "east")
        public void take(String owner, long amount) {
            add(east, owner, -amount);
        }

        void giveBack(String owner, long amount) {
            add(east, owner, amount);
        }

        @SagaStep(compensate = "takeBack", resource = "west")
        public void give(String owner, long amount) {
            add(west, owner, amount);
        }

        void takeBack(String owner, long amount) {
            add(west, owner, -amount);
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transferThroughAuditor(String owner, long amount) {
            add(east, owner, -amount);
            Account changed = west.find(Account.class, owner);
            changed.balance += amount - 1;
            auditor.addOne(changed);
        }

        @DistributedTransaction(mode = TransactionMode.ATOMIC, timeout = "1s")
        public void transferSlowly(String owner, long amount) throws SQLException {
            transfer(owner, amount);
            east.flush();
            execute(server.getDatabase("postgres", "west"), "SELECT pg_sleep(3)");
        }

        public long balanceOf(String owner) {
            Account account = east.find(Account.class, owner);
            assertThat(east.contains(account)).isFalse();
            return east.createQuery("select a.balance from account a where a.owner = :owner", Long.class)
                    .setParameter("owner", owner)
                    .getSingleResult();
        }

        public void addWithoutTransaction(String owner) {
            east.persist(Account.of(owner, 1));
        }

        public void bookInAStrangersTransaction(String owner) {
            auditor.find(owner);
        }

        /** Returns how many transactions of this id the log knows. */
        public long traceOf(TransactionId id) {
            return dtx.transactions().outcome(id).isPresent() ? 1 : 0;
        }

        private static void add(EntityManager database, String owner, long amount) {
            Account account = database.find(Account.class, owner);
            account.balance += amount;
            Booking booking = new Booking();
            booking.amount = amount;
            database.persist(booking);
        }
    }

    /** Has nothing injected but what it asks. */
    @ApplicationScoped
    static class Till {
        @Inject
        @Guarded("east")
        Instance<EntityManager> east;

        @Inject
        @Guarded("west")
        Provider<EntityManager> west;

        @Inject
        @Guarded("west")
        Instance<DataSource> database;

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void transfer(String owner, long amount, boolean thenFails) throws SQLException {
            east.get().find(Account.class, owner).balance -= amount;
            west.get().find(Account.class, owner).balance += amount - 1;
            west.get().flush();
            execute(database.get(), "UPDATE account SET balance = balance + 1 WHERE owner = '" + owner + "'");
            if (thenFails) {
                throw new IllegalArgumentException("changed my mind");
            }
        }
    }

    /** Knows JTA only. */
    @ApplicationScoped
    static class Auditor {
        @Inject
        @Guarded("west")
        EntityManager west;

        @Transactional(Transactional.TxType.MANDATORY)
        public void addOne(Account account) {
            assertThat(west.contains(account)).isTrue();
            west.find(Account.class, account.owner).balance++;
        }

        @Transactional
        public Account find(String owner) {
            return west.find(Account.class, owner);
        }
    }
}
