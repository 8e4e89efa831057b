package io.dtx.cdi;

import io.dtx.DtxException;
import io.dtx.SagaStep;
import io.dtx.StepContext;
import io.dtx.StepResult;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The arguments of an intercepted step that are recorded for its compensation: interceptors further in must not change them. */
final class RecordedArguments {

    private static final String RECORDED = "io.dtx.recorded";

    private RecordedArguments() {}

    /**
     * Returns how many of a method's arguments are recorded; none of a transaction's, or of a step's without a compensation.
     *
     * @param type the class that was compiled with the method's generated calls
     */
    static int count(Method method, Class<?> type) {
        SagaStep step = method.getAnnotation(SagaStep.class);
        if (step == null || step.compensate().isEmpty() || step.compensate().equals(SagaStep.NONE)) {
            return 0;
        }
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(each -> each.getName().equals(step.compensate()) && !each.isBridge())
                .findFirst()
                .map(compensation -> (int) Stream.of(compensation.getParameters())
                        .filter(each ->
                                !each.isAnnotationPresent(StepResult.class) && each.getType() != StepContext.class)
                        .count())
                .orElse(method.getParameterCount());
    }

    /** Remembers the first arguments of a call. */
    static void note(InvocationContext call, int count) {
        call.getContextData().put(RECORDED, Arrays.copyOf(call.getParameters(), count));
    }

    /**
     * Refuses a call whose arguments have changed since.
     *
     * @throws DtxException if its compensation would get others than the method
     */
    static void refuseChanged(InvocationContext call) {
        @Nullable Object[] recorded = (@Nullable Object[]) call.getContextData().get(RECORDED);
        if (recorded != null && !Arrays.equals(recorded, Arrays.copyOf(call.getParameters(), recorded.length))) {
            throw new DtxException(
                    null,
                    "DTX-6010 an interceptor has changed the arguments of " + call.getMethod()
                            + " after dtx had recorded them for the compensation: have it run before dtx's, with a lower"
                            + " priority, or compile the class with -Adtx.weave=subclass or bytecode.",
                    null);
        }
    }
}
