package woven;

import io.dtx.*;
import java.io.IOException;
import java.util.*;

/** All that only bytecode can weave, in one final class without an open constructor. */
public final class Till {
    private final List<String> seen = new ArrayList<>();

    private Till() {}

    public static Till open() {
        return new Till();
    }

    @DistributedTransaction
    public String place(String sku, int quantity) throws IOException {
        return reserve(sku, quantity) + charge(3L, 0.5);
    }

    @DistributedTransaction(propagation = Propagation.SUPPORTS)
    public final int look(int[] places, String... names) {
        return places.length + names.length;
    }

    @SagaStep(compensate = "release")
    private String reserve(String sku, int quantity) throws IOException {
        if (quantity < 0) {
            throw new IOException(sku);
        }
        seen.add(sku);
        return sku + quantity;
    }

    void release(String sku, int quantity) {
        seen.remove(sku);
    }

    @SagaStep(compensate = SagaStep.NONE, name = "charged")
    static synchronized long charge(long amount, double rate) {
        return (long) (amount * rate);
    }

    @SagaStep(compensate = SagaStep.NONE)
    void note(Map<String, List<Integer>> notes) {}

    @SagaStep(compensate = SagaStep.NONE, name = "note a letter")
    void note(char letter) {}

    List<String> seen() {
        return seen;
    }
}
