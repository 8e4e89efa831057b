package io.dtx.cdi;

import io.dtx.SagaStep;
import io.dtx.spi.StepGateway;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Runs the steps of classes that were compiled with {@code -Adtx.weave=none}, as {@link TransactionInterceptor} does transactions. */
@Interceptor
@SagaStep
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 195)
public class StepInterceptor {

    private final StepGateway gateway;

    /** Creates the interceptor; containers do. */
    @Inject
    public StepInterceptor(StepGateway gateway) {
        this.gateway = gateway;
    }

    @AroundInvoke
    @Nullable
    Object intercept(InvocationContext call) throws Exception {
        return Intercepted.proceed(call, gateway);
    }
}
