package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.RecoveryEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.common.recoveryPropertyManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.arjuna.recovery.PeriodicRecovery;
import io.dtx.DtxException;
import io.dtx.Propagation;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.testdb.DataDirectory;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.ServerStart;
import io.dtx.runtime.testdb.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.xa.PGXADataSource;

/** What cannot take part in two-phase commit is refused at the start, with the setting to change. */
class AtomicStartTest {

    private static Dtx.Builder dtx() {
        return Dtx.builder().config("dtx.log", "memory");
    }

    private static void assertRefused(Dtx.Builder builder, String code, String... words) {
        try (Dtx dtx = builder.build()) {
            assertThatThrownBy(dtx::start)
                    .isInstanceOf(DtxException.class)
                    .hasMessageStartingWith(code)
                    .hasMessageContainingAll(words);
        }
    }

    @Test
    void postgresql_that_may_prepare_nothing_is_refused() throws Exception {
        try (EmbeddedPostgres postgres = ServerStart.start(() ->
                PostgresFixture.durable(DataDirectory.create()).setServerConfig("max_prepared_transactions", "0"))) {
            TestDatabase database = new TestDatabase(
                    "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres", "postgres", "postgres");
            assertRefused(
                    dtx().xaResource("east", Bank.xa(database)), "DTX-3502", "\"east\"", "max_prepared_transactions");
        }
    }

    @Test
    void a_user_who_may_not_see_prepared_branches_is_refused() {
        TestDatabase database = PostgresFixture.freshDatabase();
        database.execute(
                "DROP ROLE IF EXISTS blind",
                "CREATE ROLE blind LOGIN",
                "REVOKE SELECT ON pg_prepared_xacts FROM PUBLIC");
        TestDatabase blind = new TestDatabase(database.url(), "blind", "");
        assertRefused(dtx().xaResource("east", Bank.xa(blind)), "DTX-3503", "\"east\"", "pg_prepared_xacts");
    }

    @Test
    void one_database_under_two_names_is_refused() {
        TestDatabase database = PostgresFixture.freshDatabase();
        assertRefused(
                dtx().xaResource("east", Bank.xa(database)).xaResource("west", Bank.xa(database)),
                "DTX-3007",
                "\"east\"",
                "\"west\"");
        assertRefused(
                dtx().resource("east", database.unpooled()).xaResource("west", Bank.xa(database)),
                "DTX-3007",
                "\"east\"",
                "\"west\"");
    }

    @Test
    void a_database_that_is_down_is_refused() {
        PGXADataSource nobody = new PGXADataSource();
        nobody.setUrl("jdbc:postgresql://localhost:1/nobody");
        assertRefused(dtx().xaResource("east", nobody), "DTX-3501", "\"east\"", "Is it up");
    }

    @Test
    void a_data_source_without_xa_connections_is_refused() {
        XADataSource none = WatchedXa.proxy(XADataSource.class, (self, method, arguments) -> null);
        assertRefused(dtx().xaResource("east", none), "DTX-3501", "no XA connection");
    }

    @Test
    void a_resource_that_lists_nothing_is_refused() {
        TestDatabase one = PostgresFixture.freshDatabase();
        TestDatabase other = PostgresFixture.freshDatabase();
        boolean[] gone = {false};
        XADataSource behind =
                WatchedXa.watch("east", Bank.xa(one), call -> gone[0] |= call.equals("east:prepare:before"));
        XADataSource astray = WatchedXa.proxy(
                XADataSource.class, (self, method, arguments) -> (gone[0] ? Bank.xa(other) : behind).getXAConnection());
        assertRefused(dtx().xaResource("east", astray), "DTX-3504", "\"east\"");
    }

    @Test
    void h2_is_refused_unless_it_is_allowed_for_tests() {
        XADataSource h2 = Bank.xa(H2Fixture.freshDatabase());
        assertRefused(dtx().xaResource("east", h2), "DTX-3506", "dtx.xa.h2.allowed");
        try (Dtx dtx =
                dtx().config("dtx.xa.h2.allowed", "true").xaResource("east", h2).build()) {
            dtx.start();
        }
    }

    @Test
    void a_failed_start_leaves_nothing_prepared_and_nothing_taken(@TempDir Path directory) {
        TestDatabase database = PostgresFixture.freshDatabase();
        XADataSource stubborn = WatchedXa.watch("east", Bank.xa(database), call -> {
            if (call.equals("east:prepare:after")) {
                throw new XAException(XAException.XAER_RMERR);
            }
        });
        String log = directory.toString();
        assertRefused(Dtx.builder().config("dtx.log.dir", log).xaResource("east", stubborn), "DTX-3502", "\"east\"");
        try (Dtx dtx = Dtx.builder()
                .config("dtx.log.dir", log)
                .xaResource("east", Bank.xa(database))
                .build()) {
            dtx.start();
        }
        assertThat(database.number("SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()"))
                .isZero();
    }

    @Test
    void a_second_dtx_with_xa_resources_in_one_virtual_machine_is_refused() {
        try (Dtx first = dtx().config("dtx.xa.h2.allowed", "true")
                .xaResource("east", Bank.xa(H2Fixture.freshDatabase()))
                .build()) {
            first.start();
            assertRefused(
                    dtx().config("dtx.xa.h2.allowed", "true").xaResource("east", Bank.xa(H2Fixture.freshDatabase())),
                    "DTX-3517",
                    "Narayana");
        }
    }

    @Test
    void a_jvm_whose_narayana_serves_a_container_is_refused_and_nothing_is_taken_from_it() throws Exception {
        CoreEnvironmentBean settings = arjPropertyManager.getCoreEnvironmentBean();
        String before = settings.getNodeIdentifier();
        settings.setNodeIdentifier("server1");
        try {
            assertRefused(
                    dtx().config("dtx.xa.h2.allowed", "true").xaResource("east", Bank.xa(H2Fixture.freshDatabase())),
                    "DTX-3516",
                    "\"server1\"",
                    "its own transaction manager");
            assertThat(settings.getNodeIdentifier()).isEqualTo("server1");
        } finally {
            settings.setNodeIdentifier(before);
        }
    }

    @Test
    void a_narayana_whose_node_has_no_name_of_its_own_is_seen_by_its_log(@TempDir Path log) {
        ObjectStoreEnvironmentBean settings = arjPropertyManager.getObjectStoreEnvironmentBean();
        String directory = settings.getObjectStoreDir();
        settings.setObjectStoreDir(log.toString());
        try {
            assertRefusedForNarayana("with its log in " + log);
        } finally {
            settings.setObjectStoreDir(directory);
        }
        String type = settings.getObjectStoreType();
        settings.setObjectStoreType(VolatileStore.class.getName());
        try {
            assertRefusedForNarayana(VolatileStore.class.getName());
        } finally {
            settings.setObjectStoreType(type);
        }
    }

    @Test
    void a_narayana_whose_node_has_no_name_of_its_own_is_seen_by_its_recovery() throws Exception {
        RecoveryEnvironmentBean settings = recoveryPropertyManager.getRecoveryEnvironmentBean();
        List<String> modules = settings.getRecoveryModuleClassNames();
        settings.setRecoveryModuleClassNames(List.of());
        CountDownLatch end = new CountDownLatch(1);
        Thread recovery = new Recovery(end);
        recovery.start();
        try {
            assertRefusedForNarayana("its recovery runs");
        } finally {
            end.countDown();
            recovery.join();
            settings.setRecoveryModuleClassNames(modules);
        }
    }

    /** Narayana's own, without work. */
    private static final class Recovery extends PeriodicRecovery {

        private final CountDownLatch end;

        Recovery(CountDownLatch end) {
            super(false, false);
            this.end = end;
        }

        @Override
        public void run() {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void assertRefusedForNarayana(String sign) {
        assertRefused(
                dtx().config("dtx.xa.h2.allowed", "true").xaResource("east", Bank.xa(H2Fixture.freshDatabase())),
                "DTX-3516",
                sign);
    }

    @Test
    void an_atomic_call_without_any_xa_resource_says_what_is_missing() {
        try (Dtx dtx = dtx().build()) {
            dtx.start();
            assertThatThrownBy(() -> dtx.gateway()
                            .<Object, RuntimeException>transaction(Bank.atomic(Propagation.REQUIRED, 0), () -> "x"))
                    .isInstanceOf(DtxException.class)
                    .hasMessageStartingWith("DTX-3541");
        }
    }

    @Test
    void a_name_is_taken_once_for_both_kinds_of_resources() {
        XADataSource h2 = Bank.xa(H2Fixture.freshDatabase());
        assertThatThrownBy(() -> dtx().xaResource("east", h2)
                        .resource("east", H2Fixture.freshDatabase().unpooled()))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-1019");
    }
}
