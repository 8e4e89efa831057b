package basics;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.SagaStep;
import io.dtx.StepContext;
import io.dtx.StepResult;
import io.dtx.StepRetry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

public class StockService {

    final List<String> done = new ArrayList<>();

    @SagaStep(
            compensate = "release",
            resource = "stock",
            timeout = "3s",
            retry = @StepRetry(maxAttempts = 3, retryOn = IOException.class, abortOn = IllegalStateException.class),
            compensationRetry = @StepRetry(maxDelay = "1m"))
    public long reserve(String sku, int quantity, InputStream behind) throws IOException {
        if (quantity < 0) {
            throw new IOException("out of " + sku);
        }
        done.add("reserve " + sku + " " + quantity);
        return 42L * quantity;
    }

    void release(String sku, int quantity, @StepResult long reservation) throws IOException {
        done.add("release " + sku + " " + quantity + " " + reservation);
    }

    @SagaStep(compensate = "refund", noEffectOn = IllegalArgumentException.class, name = "charging")
    protected String charge(String customer) {
        done.add("charge " + customer);
        return customer.isEmpty() ? null : "charge-" + customer;
    }

    protected void refund(String customer, @StepResult Optional<String> charge, StepContext context) {
        done.add("refund " + customer + " " + charge.orElse("?") + " " + context.stepName());
    }

    @SagaStep(compensate = "unship", resource = "shipments", standalone = true)
    void ship(String... parcels) {
        done.add("ship " + String.join("+", parcels));
    }

    void unship(String... parcels) {
        done.add("unship " + String.join("+", parcels));
    }

    @SagaStep(compensate = SagaStep.NONE)
    int look(String out, int gateway) {
        return gateway;
    }

    @DistributedTransaction(timeout = "30s", dontRollbackOn = IllegalArgumentException.class)
    public long place(String sku, int quantity) throws IOException {
        long reservation = reserve(sku, quantity, InputStream.nullInputStream());
        charge("ann");
        ship("a", "b");
        return reservation + look("x", 1);
    }

    @DistributedTransaction(propagation = Propagation.SUPPORTS)
    public void browse() {
        done.add("browse");
    }

    @DistributedTransaction(name = "all of it")
    void placeAll() {
        done.add("all");
    }
}
