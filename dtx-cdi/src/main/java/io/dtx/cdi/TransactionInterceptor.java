package io.dtx.cdi;

import io.dtx.DistributedTransaction;
import io.dtx.spi.StepGateway;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs the transactions of classes that were compiled with {@code -Adtx.weave=none}; those that are woven run theirs themselves.
 * Just outside of the interceptor of JTA. Containers that discover nothing are given it by name.
 */
@Interceptor
@DistributedTransaction
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 190)
public class TransactionInterceptor {

    private final StepGateway gateway;

    /** Creates the interceptor; containers do. */
    @Inject
    public TransactionInterceptor(StepGateway gateway) {
        this.gateway = gateway;
    }

    @AroundInvoke
    @Nullable
    Object intercept(InvocationContext call) throws Exception {
        return Intercepted.proceed(call, gateway);
    }
}
