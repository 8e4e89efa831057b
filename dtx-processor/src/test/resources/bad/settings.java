package bad;

import io.dtx.*;

class Shop {
    @SagaStep(
            compensate = "b",
            resource = "r",
            noEffectOn = IllegalStateException.class) //! P080
    void a() {}

    void b() {}

    @SagaStep(
            compensate = "b",
            retry = @StepRetry(
                    maxAttempts = -1, //! P081
                    multiplier = 0.5, //! P082
                    jitter = 1.5, //! P083
                    delay = "6s", //! P084
                    retryOn = IllegalStateException.class,
                    abortOn = {IllegalArgumentException.class, IllegalStateException.class})) //! P085
    void c() {}

    @SagaStep(
            compensate = "b",
            compensationRetry = @StepRetry(maxAttempts = -2)) //! P081
    void d() {}
}
