package io.dtx.spi;

/** Where a participant's bean comes from when a compensation is due: one object, or a container's context. Thread-safe. */
@FunctionalInterface
public interface BeanSource {

    /**
     * Calls with an instance that is valid until the call returns.
     *
     * @throws Throwable what the call throws, or why there is no instance
     */
    void with(Call call) throws Throwable;

    /** What to do with the bean. */
    @FunctionalInterface
    interface Call {
        /** Does it. */
        void on(Object bean) throws Throwable;
    }
}
