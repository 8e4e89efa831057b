package io.dtx.runtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.TransactionRequiredException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntitiesInStepsTest {

    private JdbcConnectionPool pool;
    private Dtx dtx;
    private EntityManager em;
    private Shelf shelf;

    @BeforeEach
    void start() {
        pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        dtx = Dtx.builder()
                .config("dtx.log", "memory")
                .resource("stock", pool)
                .persistenceUnit("stock", "stock-pu")
                .build();
        em = dtx.resource("stock", EntityManager.class);
        shelf = dtx.create(Shelf.class, em);
        dtx.start();
    }

    @AfterEach
    void stop() {
        dtx.close();
        pool.dispose();
    }

    @Test
    void entities_and_guard_row_are_committed_together() throws SQLException {
        Long id = shelf.add("tea", 3, false);

        assertThat(em.find(Item.class, id).available()).isEqualTo(3);
        assertThat(count("dtx_guard where direction = 'D' and kind = 'E'")).isEqualTo(1);
    }

    @Test
    void a_compensation_works_on_entities_too() throws SQLException {
        assertThatThrownBy(() -> shelf.add("tea", 3, true))
                .isInstanceOf(IllegalStateException.class)
                .hasNoSuppressedExceptions();

        assertThat(count("item")).isZero();
        assertThat(count("dtx_guard")).isEqualTo(2);
    }

    @Test
    void a_swallowed_failure_of_hibernate_fails_the_step_and_leaves_neither_effect_nor_guard_row() throws SQLException {
        shelf.add("tea", 3, false);

        assertThatThrownBy(() -> shelf.addSwallowing("tea")).isNotNull();

        assertThat(count("item")).isEqualTo(1);
        assertThat(count("dtx_guard")).isEqualTo(1);
        assertThat(dtx.transactions().list(each -> each.status() == TransactionStatus.COMMITTED))
                .hasSize(1);
    }

    @Test
    void an_optimistic_lock_failure_reaches_the_caller_as_it_is() throws SQLException {
        Long id = shelf.add("tea", 3, false);

        assertThatThrownBy(() -> shelf.takeStale(id, 1)).isInstanceOf(OptimisticLockException.class);

        assertThat(em.find(Item.class, id).available()).isEqualTo(3);
        assertThat(count("dtx_guard")).isEqualTo(1);
    }

    @Test
    void outside_of_steps_reads_are_detached_and_writes_are_refused() {
        Long id = shelf.add("tea", 3, false);

        Item item = em.find(Item.class, id);
        item.take(2);
        assertThat(em.contains(item)).isFalse();
        assertThat(em.createQuery("select i.available from Item i", Integer.class)
                        .setMaxResults(5)
                        .getResultList())
                .containsExactly(3);
        assertThatThrownBy(() -> em.persist(new Item("milk", 1)))
                .isInstanceOf(TransactionRequiredException.class)
                .hasMessageContaining("DTX-3032");
        assertThatThrownBy(() -> em.createQuery("delete from Item").executeUpdate())
                .isInstanceOf(TransactionRequiredException.class);
        assertThatThrownBy(em::getTransaction).hasMessageContaining("DTX-3031");
    }

    @Test
    void every_session_that_is_opened_is_closed() {
        Statistics statistics =
                em.getEntityManagerFactory().unwrap(SessionFactory.class).getStatistics();
        for (int i = 0; i < 50; i++) {
            Long id = shelf.add("sku" + i, i, false);
            em.find(Item.class, id);
            em.createQuery("from Item", Item.class).getResultList();
            assertThatThrownBy(() -> shelf.add("again", 1, true)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> shelf.takeStale(id, 1)).isInstanceOf(OptimisticLockException.class);
        }
        assertThat(statistics.getSessionOpenCount()).isGreaterThanOrEqualTo(250);
        assertThat(statistics.getSessionCloseCount()).isEqualTo(statistics.getSessionOpenCount());
        assertThat(pool.getActiveConnections()).isZero();
    }

    @Test
    void an_unknown_unit_and_a_resource_without_one_are_refused_with_the_remedy() {
        JdbcConnectionPool other = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        assertThatThrownBy(() -> Dtx.builder()
                        .config("dtx.log", "memory")
                        .resource("stock", other)
                        .persistenceUnit("stock", "stok-pu")
                        .build()
                        .start())
                .isInstanceOf(DtxException.class)
                .hasMessageContaining("DTX-3030 persistence unit \"stok-pu\"");
        Dtx plain = Dtx.builder().resource("stock", pool).build();
        assertThatThrownBy(() -> plain.resource("stock", EntityManager.class)).hasMessageContaining("DTX-1018");
    }

    private long count(String table) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
