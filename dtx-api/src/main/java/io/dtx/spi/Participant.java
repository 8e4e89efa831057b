package io.dtx.spi;

import io.dtx.StepContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The annotated methods of one class, without reflection: what they are, and how their compensations are called. Stateless. */
public interface Participant {

    /** Returns the annotated class's name, as {@link Class#getName()}. */
    String className();

    /** Returns the steps, in the order of their declaration. */
    List<StepDescriptor<?>> steps();

    /** Returns the orchestrating methods, in the order of their declaration. */
    List<TransactionDescriptor> transactions();

    /** Returns how the class's calls enter a gateway, or null if a generated subclass makes them. */
    default @Nullable GeneratedCalls calls() {
        return null;
    }

    /**
     * Calls a step's compensation.
     *
     * @param bean an instance of the annotated class, or a container's proxy of one
     * @param step one of {@link #steps()} that {@linkplain StepDescriptor#isCompensable() has a compensation}
     * @param arguments what the step's {@link StepGateway.ArgumentRecorder} wrote
     * @param result what the step's result codec wrote; null if the result is not known (EXTERNAL steps only)
     * @param context what the compensation may ask about its call
     * @throws MalformedRecordException if arguments or result are not what this class writes
     * @throws Throwable what the compensation throws
     */
    void compensate(
            Object bean,
            StepDescriptor<?> step,
            ArgumentReader arguments,
            @Nullable ArgumentReader result,
            StepContext context)
            throws Throwable;
}
