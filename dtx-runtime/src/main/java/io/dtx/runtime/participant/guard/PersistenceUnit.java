package io.dtx.runtime.participant.guard;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A persistence unit on a guarded resource: one entity manager per step, on the step's connection. Thread-safe. Uses Hibernate ORM
 * through Jakarta Persistence.
 */
final class PersistenceUnit implements EntityManagers, AutoCloseable {

    private final String name;
    private final JdbcResource resource;
    private volatile @Nullable EntityManagerFactory factory;

    PersistenceUnit(String name, JdbcResource resource) {
        this.name = name;
        this.resource = resource;
    }

    /**
     * Makes the factory, and with it the schema if the unit says so: inside a step that would fail.
     *
     * @throws io.dtx.DtxException if the unit is unknown or its mapping is wrong
     */
    void open() {
        factory = UnitFactory.open(
                name,
                resource.name(),
                Map.of(
                        "jakarta.persistence.nonJtaDataSource",
                        resource.dataSource(),
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "hibernate.transaction.coordinator_class",
                        new HibernateTransactions()));
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
    public String scope() {
        return "a method with @SagaStep(resource = \"" + resource.name() + "\")";
    }

    @Override
    public @Nullable EntityManager current() {
        BoundStep step = BoundStep.current();
        if (step == null) {
            return null;
        }
        LocalTransaction transaction = step.transaction();
        if (step.resource() != resource) {
            throw new IllegalStateException("DTX-3010 " + transaction.use() + " works with persistence unit \"" + name
                    + "\" of resource \"" + resource.name() + "\", whose work would not be guarded: set resource = \""
                    + resource.name() + "\" on the step, or split the step in two.");
        }
        try {
            transaction.requireUsable();
        } catch (SQLException e) {
            throw new PersistenceException(e.getMessage(), e);
        }
        if (transaction.session() instanceof OpenSession present) {
            return present.entityManager();
        }
        OpenSession opened = new OpenSession(factory().createEntityManager(), step);
        transaction.join(opened);
        opened.entityManager().getTransaction().begin();
        return opened.entityManager();
    }

    @Override
    public void close() {
        EntityManagerFactory open = factory;
        factory = null;
        if (open != null && open.isOpen()) {
            open.close();
        }
    }

    /** The entity manager of one step. */
    private record OpenSession(EntityManager entityManager, BoundStep step) implements StepSession {

        @Override
        public void flush() {
            entityManager.flush();
        }

        @Override
        public void commit() {
            @Nullable BoundStep outer = BoundStep.enter(step); // callbacks before completion are part of the step
            try {
                entityManager.getTransaction().commit();
            } finally {
                BoundStep.leave(outer);
            }
        }

        @Override
        public void close() {
            if (entityManager.getTransaction().isActive()) {
                entityManager.getTransaction().rollback(); // in memory only: the connection's transaction has ended
            }
            entityManager.close();
        }
    }
}
