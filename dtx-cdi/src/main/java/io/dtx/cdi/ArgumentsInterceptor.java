package io.dtx.cdi;

import io.dtx.SagaStep;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the arguments of a step that {@link StepInterceptor} runs, after all other interceptors: those of the method must be
 * those that were recorded for its compensation.
 */
@Interceptor
@SagaStep
@Priority(Integer.MAX_VALUE)
public class ArgumentsInterceptor {

    /** Creates the interceptor; containers do. */
    public ArgumentsInterceptor() {}

    @AroundInvoke
    @Nullable
    Object intercept(InvocationContext call) throws Exception {
        if (Intercepted.enters(call)) {
            RecordedArguments.refuseChanged(call);
        }
        return call.proceed();
    }
}
