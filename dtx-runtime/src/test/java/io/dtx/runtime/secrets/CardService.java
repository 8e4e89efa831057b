package io.dtx.runtime.secrets;

import io.dtx.SagaStep;
import io.dtx.Sensitive;
import io.dtx.StepResult;
import io.dtx.StepRetry;

/** Steps with and without sensitive values. */
public class CardService {

    private final Faults faults;

    CardService(Faults faults) {
        this.faults = faults;
    }

    /** Takes money, guarded. */
    @SagaStep(
            compensate = "release",
            resource = "payments",
            standalone = true,
            compensationRetry = @StepRetry(maxAttempts = 1))
    public String charge(String customer, @Sensitive String card) throws Exception {
        faults.pass("charge", card);
        return "receipt of " + card;
    }

    void release(String customer, String card, @StepResult String receipt) throws Exception {
        faults.pass("release", card + " and " + receipt);
    }

    /** Tells somebody, unguarded. */
    @SagaStep(compensate = "revoke", compensationRetry = @StepRetry(maxAttempts = 1))
    public void announce(Card card) throws Exception {
        faults.pass("announce", card.number());
    }

    void revoke(Card card) throws Exception {
        faults.pass("revoke", card.number());
    }

    /** Sends a parcel: nothing about it is sensitive. */
    @SagaStep(compensate = "recall", resource = "payments", compensationRetry = @StepRetry(maxAttempts = 1))
    public void ship(String address) throws Exception {
        faults.pass("ship", address);
    }

    void recall(String address) throws Exception {
        faults.pass("recall", address);
    }

    /** A card. */
    public record Card(@Sensitive String number) {}
}
