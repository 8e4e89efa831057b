package io.dtx.examples.conformance;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.SagaStep;
import io.dtx.StepContext;
import io.dtx.StepResult;
import io.dtx.TransactionContext;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Orchestrating methods, and steps that they call on their own object. */
@ApplicationScoped
public class Orders {

    private final @Nullable Stock stock;
    private final @Nullable Payments payments;
    private final @Nullable Audit audit;

    /** For a proxy. */
    protected Orders() {
        this.stock = null;
        this.payments = null;
        this.audit = null;
    }

    /** Orders from these. */
    @Inject
    public Orders(Stock stock, Payments payments, Audit audit) {
        this.stock = stock;
        this.payments = payments;
        this.audit = audit;
    }

    /** Reserves, takes the money, and sends the parcel with somebody who is only known now. */
    @DistributedTransaction(timeout = "30s")
    public String place(String article, int pieces, int amount, @Nullable Freight freight) throws SQLException {
        Trace.method("Orders.place");
        String reservation = stock().reserve(article, pieces);
        long cents = payments().charge("ada", amount);
        if (freight != null) {
            freight.ship(article);
        }
        return reservation + " for " + cents;
    }

    /** As {@link #place}, and then finds that all was wrong. */
    @DistributedTransaction(name = "regretted order")
    public void regret(String article, Freight freight) throws SQLException {
        Trace.method("Orders.regret");
        place(article, 2, 20, freight);
        throw new IllegalStateException("changed my mind");
    }

    /** Pays in another way when the first one is declined. */
    @DistributedTransaction
    public String another(String article) throws SQLException {
        Trace.method("Orders.another");
        stock().reserve(article, 1);
        try {
            payments().charge("bob", 13);
        } catch (Payments.DeclinedException e) {
            payments().charge("eve", 77);
        }
        return "paid";
    }

    /** Calls steps and transactions of its own object, also one that begins another transaction. */
    @DistributedTransaction
    public String self(String article) {
        Trace.method("Orders.self");
        String number = this.book(article);
        String note = note(article);
        bookQuietly(article);
        throw new IllegalStateException("after " + number + " and " + note);
    }

    /** Is called by {@link #self}. */
    @SagaStep(compensate = "unbook")
    public String book(String article) {
        Trace.step("book " + article);
        return "number of " + article;
    }

    void unbook(String article, @StepResult Optional<String> number, StepContext step) {
        Trace.compensation("book " + article + " " + number, step);
    }

    /** Is called by {@link #self}. */
    @SagaStep(compensate = "unbook", name = "quiet")
    protected String bookQuietly(String article) {
        Trace.step("book quietly " + article);
        return "quiet number of " + article;
    }

    /** Is called by {@link #self}, and is not undone with it. */
    @DistributedTransaction(propagation = Propagation.REQUIRES_NEW)
    public String note(String article) {
        Trace.method("Orders.note");
        return book("note on " + article);
    }

    /** Calls methods of every propagation. */
    @DistributedTransaction
    public String nested(String article) throws SQLException {
        Trace.method("Orders.nested");
        audit().joined(article, 1);
        audit().perhaps();
        audit().demanding();
        audit().outside();
        audit().apart("apart from " + article);
        try {
            audit().never();
        } catch (RuntimeException e) {
            Trace.say("  refused " + Run.told(e));
        }
        throw new IllegalStateException("enough");
    }

    /** Goes on although what has joined it has failed. */
    @DistributedTransaction
    public String stubborn(String article) throws SQLException {
        Trace.method("Orders.stubborn");
        stock().reserve(article, 1);
        try {
            audit().joined("all of " + article, 10);
        } catch (Stock.SoldOutException e) {
            Trace.say("  caught " + Run.told(e) + ", rollback only "
                    + TransactionContext.current().isRollbackOnly());
        }
        return "done";
    }

    /** Throws, and commits. */
    @DistributedTransaction(dontRollbackOn = IllegalArgumentException.class)
    public void warn(String article) throws SQLException {
        Trace.method("Orders.warn");
        stock().reserve(article, 1);
        throw new IllegalArgumentException("low on " + article);
    }

    /** Has a step done on another thread, and one without the transaction. */
    @DistributedTransaction
    public String elsewhere(String article) throws Exception {
        Trace.method("Orders.elsewhere");
        ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "elsewhere"));
        try {
            String done = Dtx.propagating(pool)
                    .submit(() -> stock().reserve(article, 1))
                    .get();
            String refused = pool.submit(() -> Run.outcome(() -> stock().reserve(article, 1)))
                    .get();
            return done + ", and " + refused;
        } finally {
            pool.shutdown();
        }
    }

    /** Is killed in its last step. It calls a step of its object by the reference that others have, which every tier sees. */
    @DistributedTransaction
    public void killed(String article, Freight freight, Orders orders) throws SQLException {
        Trace.method("Orders.killed");
        place(article, 3, 30, freight);
        orders.book(article);
        payments().chargeAndHalt("ada");
    }

    private Stock stock() {
        return Objects.requireNonNull(stock, "a proxy was called");
    }

    private Payments payments() {
        return Objects.requireNonNull(payments, "a proxy was called");
    }

    private Audit audit() {
        return Objects.requireNonNull(audit, "a proxy was called");
    }
}
