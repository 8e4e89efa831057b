package shop;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

@Interceptor
@Changes("step")
@Priority(Interceptor.Priority.APPLICATION)
public class StepChanger {
    @AroundInvoke
    Object change(InvocationContext call) throws Exception {
        call.setParameters(new Object[] {"b"});
        return call.proceed();
    }
}
