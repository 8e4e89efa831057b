package shop;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.UnaryOperator;

/** Annotated methods, of which one is called through a bridge; calls of itself and of others. */
@ApplicationScoped
public class Orders implements UnaryOperator<String> {
    @Inject
    Stock stock;

    @Inject
    Journal journal;

    @Changes("transaction")
    @Override
    @DistributedTransaction
    public String apply(String what) {
        return own(what) + stock.reserve(what) + stock.count() + journal.write(what);
    }

    @SagaStep(compensate = "undo")
    String own(String what) {
        return what;
    }

    void undo(String what) {}
}
