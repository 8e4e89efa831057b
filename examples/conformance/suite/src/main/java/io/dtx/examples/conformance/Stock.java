package io.dtx.examples.conformance;

import io.dtx.SagaStep;
import io.dtx.StepContext;
import io.dtx.StepResult;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Steps of one database: guarded. */
@ApplicationScoped
public class Stock {

    private final @Nullable DataSource stock;

    /** For a proxy. */
    protected Stock() {
        this.stock = null;
    }

    /** Keeps its entries there. */
    @Inject
    public Stock(@Guarded("stock") DataSource stock) {
        this.stock = stock;
    }

    /** Takes pieces from the shelf. */
    @SagaStep(compensate = "release", resource = "stock")
    public String reserve(String article, int pieces) throws SQLException {
        Trace.step("reserve " + article + " " + pieces);
        Entries.add(stock(), "reserved " + article);
        if (pieces > 9) {
            throw new SoldOutException(article);
        }
        return "reservation of " + article;
    }

    void release(String article, int pieces, @StepResult String reservation, StepContext step) throws SQLException {
        int removed = Entries.remove(stock(), "reserved " + article);
        Trace.compensation("release " + article + " " + pieces + " " + reservation + " removed " + removed, step);
    }

    /** Counts, in a transaction of its own if there is none. */
    @SagaStep(compensate = SagaStep.NONE, resource = "stock", standalone = true)
    public int count(String article) throws SQLException {
        Trace.say("    do count " + article);
        return Entries.all(stock()).length();
    }

    /** Returns what is in the database, outside of steps. */
    public String shelf() throws SQLException {
        return Entries.all(stock());
    }

    private DataSource stock() {
        return Objects.requireNonNull(stock, "a proxy was called");
    }

    /** There is not enough on the shelf. */
    public static class SoldOutException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SoldOutException(String article) {
            super(article + " is sold out");
        }
    }
}
