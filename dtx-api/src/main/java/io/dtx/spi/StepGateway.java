package io.dtx.spi;

import org.jspecify.annotations.Nullable;

/**
 * Where every annotated call enters, exactly once. The runtime implements it; generated overrides call it. Exceptions of the
 * body reach the caller unchanged, checked ones too: {@code E} is inferred as an unchecked type, and the override declares
 * what the method declares.
 */
public interface StepGateway {

    /**
     * Runs an orchestrating method.
     *
     * @param transaction what the annotation says
     * @param body calls the business method
     * @return what the business method returned
     */
    <T extends @Nullable Object, E extends Throwable> T transaction(TransactionDescriptor transaction, Body<T> body)
            throws E;

    /**
     * Runs a step.
     *
     * @param step what the annotation says
     * @param arguments writes the arguments that the compensation takes
     * @param body calls the business method; called once per attempt
     * @return what the business method returned
     */
    <T extends @Nullable Object, E extends Throwable> T step(
            StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws E;

    /** The business method behind a call. */
    @FunctionalInterface
    interface Body<T extends @Nullable Object> {
        /** Calls it. */
        T run() throws Throwable;
    }

    /** Writes the arguments of one call that its compensation will need. */
    @FunctionalInterface
    interface ArgumentRecorder {
        /** Writes them in the order of the compensation's parameters. */
        void record(ArgumentWriter out);
    }
}
