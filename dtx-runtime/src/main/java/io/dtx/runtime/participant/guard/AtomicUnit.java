package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.JoinedWork;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A persistence unit on an XA resource: in a step the step's entity manager, in an ATOMIC transaction one on the transaction's
 * connection, from a factory of its own. That one is flushed before the first branch is prepared; what fails then rolls the
 * transaction back. Thread-safe. Uses Hibernate ORM through Jakarta Persistence.
 */
public final class AtomicUnit implements EntityManagers, AutoCloseable {

    private final String name;
    private final JdbcResource resource;
    private final JoinedWork work;
    private volatile @Nullable EntityManagerFactory factory;

    /**
     * Names a persistence unit; nothing is opened.
     *
     * @param name as in {@code META-INF/persistence.xml}
     * @param resource takes part in ATOMIC transactions, and has the persistence unit for its steps
     * @param work the transactions that its entity managers join
     */
    public AtomicUnit(String name, JdbcResource resource, JoinedWork work) {
        this.name = name;
        this.resource = resource;
        this.work = work;
    }

    /**
     * Makes the factory. The resource has been started, and with it the schema has been made if the unit says so.
     *
     * @throws io.dtx.DtxException if the unit is unknown or its mapping is wrong
     */
    public void open() {
        factory = UnitFactory.open(
                name,
                resource.name(),
                Map.of(
                        "jakarta.persistence.jtaDataSource",
                        Objects.requireNonNull(resource.joined()),
                        "jakarta.persistence.transactionType",
                        "JTA",
                        "jakarta.persistence.schema-generation.database.action",
                        "none",
                        "hibernate.hbm2ddl.auto",
                        "none",
                        "hibernate.transaction.jta.platform",
                        AtomicPlatform.of(work),
                        "hibernate.transaction.coordinator_class",
                        new AtomicHibernate(),
                        "hibernate.connection.handling_mode",
                        "DELAYED_ACQUISITION_AND_RELEASE_BEFORE_TRANSACTION_COMPLETION"));
    }

    /** Returns the resource as this type: an entity manager; else null. */
    public <T> @Nullable T as(Class<T> type) {
        return type.getName().equals("jakarta.persistence.EntityManager")
                ? type.cast(EntityManagerCalls.of(this))
                : null;
    }

    @Override
    public EntityManagerFactory factory() {
        EntityManagerFactory open = factory;
        if (open == null) {
            throw new IllegalStateException(
                    "DTX-3026 resource \"" + resource.name() + "\" is not started: call dtx.start() first");
        }
        return open;
    }

    @Override
    public @Nullable EntityManager current() {
        if (BoundStep.current() != null) {
            return Objects.requireNonNull(resource.unit()).current();
        }
        if (!work.isOpen()) {
            return null;
        }
        if (work.held(this) instanceof Held present) {
            return present.entityManager();
        }
        Held opened = new Held(factory().createEntityManager());
        work.hold(this, opened);
        return opened.entityManager();
    }

    @Override
    public String scope() {
        return "a method with @DistributedTransaction(mode = ATOMIC), or @SagaStep(resource = \"" + resource.name()
                + "\"), on its thread,";
    }

    @Override
    public void close() {
        EntityManagerFactory open = factory;
        factory = null;
        if (open != null && open.isOpen()) {
            open.close();
        }
        Objects.requireNonNull(resource.unit()).close(); // its connections end with those of ATOMIC transactions
    }

    /** The entity manager of one transaction. */
    private record Held(EntityManager entityManager) implements AutoCloseable {

        @Override
        public void close() {
            entityManager.close();
        }
    }
}
