package io.dtx.runtime.hibernate;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.StepResult;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;

/** Works on items with an entity manager. */
public class Shelf {

    private final EntityManager em;

    public Shelf(EntityManager em) {
        this.em = em;
    }

    @DistributedTransaction
    public Long add(String sku, int available, boolean thenFails) {
        Long id = put(sku, available);
        if (thenFails) {
            throw new IllegalStateException("changed my mind");
        }
        return id;
    }

    @DistributedTransaction
    public void addSwallowing(String sku) {
        putSwallowing(sku);
    }

    @DistributedTransaction
    public void takeStale(Long id, int quantity) {
        takeBehindTheBack(id, quantity);
    }

    @SagaStep(compensate = "drop", resource = "stock")
    public Long put(String sku, int available) {
        Item item = new Item(sku, available);
        em.persist(item);
        return item.id();
    }

    void drop(String sku, int available, @StepResult Long id) {
        em.remove(em.find(Item.class, id));
    }

    @SagaStep(compensate = SagaStep.NONE, resource = "stock")
    public void putSwallowing(String sku) {
        em.createNativeQuery("insert into item(id, version, sku, available) values (77, 0, 'other', 1)")
                .executeUpdate();
        em.persist(new Item(sku, 1));
        try {
            em.flush();
        } catch (PersistenceException e) { // Hibernate can only roll back from now on, and would do so without a word
            em.clear();
        }
    }

    @SagaStep(compensate = SagaStep.NONE, resource = "stock")
    public void takeBehindTheBack(Long id, int quantity) {
        Item item = em.find(Item.class, id);
        em.createQuery("update Item i set i.version = i.version + 1 where i.id = :id")
                .setParameter("id", id)
                .executeUpdate();
        item.take(quantity);
    }
}
