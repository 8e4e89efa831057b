package io.dtx.examples.conformance;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Orchestrations, by an annotation of the class, that are called from others. */
@ApplicationScoped
@DistributedTransaction
public class Audit {

    private final @Nullable Stock stock;

    /** For a proxy. */
    protected Audit() {
        this.stock = null;
    }

    /** Reserves there. */
    @Inject
    public Audit(Stock stock) {
        this.stock = stock;
    }

    /** Joins the caller's transaction, or begins one. */
    public String joined(String article, int pieces) throws SQLException {
        Trace.method("Audit.joined");
        return stock().reserve(article, pieces);
    }

    /** Begins one of its own. */
    @DistributedTransaction(propagation = Propagation.REQUIRES_NEW)
    public String apart(String article) throws SQLException {
        Trace.method("Audit.apart");
        return stock().reserve(article, 1);
    }

    /** Takes part if there is one. */
    @DistributedTransaction(propagation = Propagation.SUPPORTS)
    public void perhaps() {
        Trace.method("Audit.perhaps");
    }

    /** Wants one. */
    @DistributedTransaction(propagation = Propagation.MANDATORY)
    public void demanding() {
        Trace.method("Audit.demanding");
    }

    /** Wants none, and leaves the caller's. */
    @DistributedTransaction(propagation = Propagation.NOT_SUPPORTED)
    public void outside() {
        Trace.method("Audit.outside");
    }

    /** Wants none. */
    @DistributedTransaction(propagation = Propagation.NEVER)
    public void never() {
        Trace.method("Audit.never");
    }

    private Stock stock() {
        return Objects.requireNonNull(stock, "a proxy was called");
    }
}
