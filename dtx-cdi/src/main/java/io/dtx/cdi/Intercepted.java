package io.dtx.cdi;

import io.dtx.DtxException;
import io.dtx.runtime.Dtx;
import io.dtx.spi.GeneratedCalls;
import io.dtx.spi.StepGateway;
import jakarta.interceptor.InvocationContext;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A class whose calls interceptors enter: it was compiled for that. Of all others the interceptors keep away, as a generated
 * subclass or woven bytecode enters, once.
 *
 * @param type the class, of which the container intercepts a subclass
 * @param calls the generated calls
 * @param keys their names for methods; empty for a method that is none of them
 * @param recorded how many arguments of methods are recorded
 */
record Intercepted(Class<?> type, GeneratedCalls calls, Map<Method, String> keys, Map<Method, Integer> recorded) {

    private static final String ENTERED = "io.dtx.entered";
    private static final ClassValue<Optional<Intercepted>> BY_CLASS = new ClassValue<>() {
        @Override
        protected Optional<Intercepted> computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** Returns whether interceptors enter calls of the object at all. */
    static boolean enters(InvocationContext call) {
        return BY_CLASS.get(call.getTarget().getClass()).isPresent();
    }

    /** Lets a call go on: through the gateway, if nobody else has entered it or will. */
    static @Nullable Object proceed(InvocationContext call, StepGateway gateway) throws Exception {
        Intercepted intercepted = BY_CLASS.get(call.getTarget().getClass()).orElse(null);
        String key = intercepted == null ? "" : intercepted.key(call.getMethod());
        // A class may be bound to both interceptors: the first one enters.
        if (intercepted != null && key.isEmpty() && Weaving.isAnnotated(call.getMethod())) {
            throw new DtxException(
                    null,
                    "DTX-6009 " + call.getMethod() + " is annotated, and unknown to the generated "
                            + intercepted.calls.getClass().getName() + ": it was annotated after "
                            + call.getTarget().getClass().getName() + " was compiled. Compile that again.",
                    null);
        }
        if (intercepted == null
                || key.isEmpty()
                || call.getContextData().putIfAbsent(ENTERED, call.getMethod()) != null) {
            return call.proceed();
        }
        RecordedArguments.note(call, intercepted.recorded(call));
        @Nullable Object[] arguments = call.getParameters().clone();
        try {
            return intercepted.calls.enter(gateway, key, () -> proceedUnchanged(call), arguments);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // no method may throw one
        } finally {
            call.getContextData().remove(ENTERED); // an outer interceptor may proceed again
        }
    }

    // Arguments are looked at before the method runs, by ArgumentsInterceptor; and here, where that is not enabled.
    private static Object proceedUnchanged(InvocationContext call) throws Exception {
        Object result = call.proceed();
        RecordedArguments.refuseChanged(call);
        return result;
    }

    // Containers intercept in subclasses of their own.
    private static Optional<Intercepted> find(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (Weaving.isWoven(each) || Weaving.callsFor(each) != null) {
                GeneratedCalls calls =
                        Weaving.isIntercepted(each) ? Dtx.participantOf(each).calls() : null;
                return calls == null
                        ? Optional.empty()
                        : Optional.of(
                                new Intercepted(each, calls, new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
            }
        }
        return Optional.empty();
    }

    // The subclass may hide the compensation, by an override without its annotations or by a method of that name.
    private int recorded(InvocationContext call) {
        return recorded.computeIfAbsent(call.getMethod(), each -> RecordedArguments.count(each, type));
    }

    private String key(Method method) {
        return keys.computeIfAbsent(method, each -> {
            String name = each.getName()
                    + MethodType.methodType(each.getReturnType(), each.getParameterTypes())
                            .toMethodDescriptorString();
            return calls.has(name) ? name : "";
        });
    }
}
