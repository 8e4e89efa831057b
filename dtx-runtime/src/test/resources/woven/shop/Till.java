package shop;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.SagaStep;
import io.dtx.StepResult;
import java.io.IOException;
import java.util.Optional;

/** Private, final, static, synchronized methods and variable arguments, in a final class that makes its own objects. */
public final class Till {
    private Till() {}

    public static Till open() {
        return new Till();
    }

    @DistributedTransaction
    public long sell(String sku, int quantity) throws IOException {
        Trace.line("sell");
        double sum = reserve(sku, quantity) + this.charge(2L, 1.5, (byte) 3, 'c', true, 0.5f) + Till.total(1, 2, 3);
        note();
        if (quantity > 9) {
            throw new IOException("too many");
        }
        return (long) sum;
    }

    @SagaStep(compensate = "release")
    private long reserve(String sku, int quantity) {
        Trace.line("reserve");
        return quantity;
    }

    void release(String sku, int quantity, @StepResult Optional<Long> result) {
        Trace.line("undo reserve " + sku + quantity + result);
    }

    @SagaStep(compensate = "refund")
    protected final synchronized double charge(long a, double b, byte c, char d, boolean e, float f) {
        Trace.line("charge " + Thread.holdsLock(this));
        return a * b + c + f;
    }

    void refund(long a, double b) {
        Trace.line("undo charge " + a + b);
    }

    @SagaStep(compensate = SagaStep.NONE)
    static int total(int... values) {
        Trace.line("total");
        return values.length;
    }

    @SagaStep(compensate = SagaStep.NONE)
    void note() {
        Trace.line("note");
    }

    @DistributedTransaction(propagation = Propagation.SUPPORTS)
    static boolean look(Till till) {
        Trace.line("look");
        return till != null;
    }

    @DistributedTransaction(propagation = Propagation.SUPPORTS)
    public int peek(int value) {
        return value + 1;
    }
}
