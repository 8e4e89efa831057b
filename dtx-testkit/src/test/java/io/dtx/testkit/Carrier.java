package io.dtx.testkit;

import io.dtx.SagaStep;
import io.dtx.StepContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody else's service: nothing guards what it does, and it recognises repeated and late calls by their keys. */
public class Carrier {

    private final Set<String> parcels = ConcurrentHashMap.newKeySet();
    private final List<String> cancellations = new CopyOnWriteArrayList<>();

    @SagaStep(compensate = "recall")
    public void ship(String sku) {
        if (!cancellations.contains(StepContext.current().stepKey())) { // it may be late
            parcels.add(StepContext.current().stepKey());
        }
    }

    void recall(String sku, StepContext step) {
        cancellations.add(step.stepKey());
        parcels.remove(step.stepKey());
    }

    int parcels() {
        return parcels.size();
    }

    /** Returns how often it was called to cancel. */
    int cancellations() {
        return cancellations.size();
    }
}
