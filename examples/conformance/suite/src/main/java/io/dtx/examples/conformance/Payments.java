package io.dtx.examples.conformance;

import io.dtx.SagaStep;
import io.dtx.StepContext;
import io.dtx.StepResult;
import io.dtx.StepRetry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Steps that nothing guards, as if somebody else's service were called. */
@ApplicationScoped
public class Payments {

    /** Is made by its container. */
    public Payments() {}

    /** Takes money. An amount of 13 is declined, of 99 gets no answer, and 77 is answered when it is asked again. */
    @SagaStep(
            compensate = "refund",
            noEffectOn = DeclinedException.class,
            retry = @StepRetry(maxAttempts = 2, delay = "10ms", retryOn = BusyException.class))
    public long charge(String customer, int amount) {
        Trace.step("charge " + customer + " " + amount);
        switch (amount) {
            case 13 -> throw new DeclinedException(customer);
            case 77 -> {
                if (StepContext.current().attempt() == 1) {
                    throw new BusyException(customer);
                }
            }
            case 99 -> throw new LostException(customer);
            default -> {}
        }
        return amount * 100L;
    }

    void refund(String customer, int amount, @StepResult Optional<Long> cents, StepContext step) {
        Trace.compensation("charge " + customer + " " + amount + " " + cents, step);
    }

    /** Takes money while the machine loses its power. */
    @SagaStep(compensate = "unplug")
    public void chargeAndHalt(String customer) {
        Trace.step("charge " + customer + " and halt");
        Runtime.getRuntime().halt(Run.HALTED);
    }

    void unplug(String customer, StepContext step) {
        Trace.compensation("charge " + customer, step);
    }

    /** The answer is no. */
    public static class DeclinedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DeclinedException(String customer) {
            super(customer + " was declined");
        }
    }

    /** The answer is: later. */
    public static class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BusyException(String customer) {
            super("too busy for " + customer);
        }
    }

    /** There is no answer. */
    public static class LostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LostException(String customer) {
            super("no answer for " + customer);
        }
    }
}
