package io.dtx.testkit;

import io.dtx.DistributedTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;

/** Sells what is on the shelf, in a container. */
@ApplicationScoped
public class Counter {

    @Inject
    Shelf shelf;

    @DistributedTransaction
    public void sell(int quantity) throws SQLException {
        shelf.take(quantity);
        shelf.note(quantity);
    }
}
