package io.dtx.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link io.dtx.SagaStep} says, checked at compile time. Generated code makes one per step, with {@link #named}.
 *
 * <p>Immutable.
 *
 * @param <T> the step's result, boxed; {@link Void} for none
 */
public final class StepDescriptor<T extends @Nullable Object> {

    private final String name;
    private final long contract;
    private final @Nullable String resource;
    private final @Nullable String compensation;
    private final long timeoutMillis;
    private final RetrySchedule retry;
    private final RetrySchedule compensationRetry;
    private final @Nullable ArgumentCodec<T> result;
    private final boolean standalone;
    private final boolean sensitive;
    private final List<Class<? extends Throwable>> noEffectOn;
    private final List<Class<? extends Throwable>> retryOn;
    private final List<Class<? extends Throwable>> abortOn;
    private final List<Class<? extends Throwable>> compensationRetryOn;
    private final List<Class<? extends Throwable>> compensationAbortOn;

    private StepDescriptor(Builder<T> said) {
        name = said.name;
        contract = said.contract;
        resource = said.resource;
        compensation = said.compensation;
        timeoutMillis = said.timeoutMillis;
        retry = said.retry;
        compensationRetry = said.compensationRetry;
        result = said.result;
        standalone = said.standalone;
        sensitive = said.sensitive;
        noEffectOn = said.noEffectOn;
        retryOn = said.retryOn;
        abortOn = said.abortOn;
        compensationRetryOn = said.compensationRetryOn;
        compensationAbortOn = said.compensationAbortOn;
    }

    /**
     * Begins the description of a step.
     *
     * @param name the name in log and messages
     * @param contract a hash of what the log records of this step: it changes when the recorded types or their meaning do
     */
    public static <T extends @Nullable Object> Builder<T> named(String name, long contract) {
        return new Builder<>(name, contract);
    }

    /** Returns the name in log and messages. */
    public String name() {
        return name;
    }

    /** Returns the hash of what the log records of this step. */
    public long contract() {
        return contract;
    }

    /** Returns the resource whose guarded local transaction it is, or null for an EXTERNAL step. */
    public @Nullable String resource() {
        return resource;
    }

    /** Returns whether nothing guards the step's effect. */
    public boolean isExternal() {
        return resource == null;
    }

    /** Returns the compensation's method name, or null for a step that only reads. */
    public @Nullable String compensation() {
        return compensation;
    }

    /** Returns whether the step has a compensation. */
    public boolean isCompensable() {
        return compensation != null;
    }

    /** Returns how long one call may take; 0 for what remains of the transaction. */
    public long timeoutMillis() {
        return timeoutMillis;
    }

    /** Returns how the live call is tried again. */
    public RetrySchedule retry() {
        return retry;
    }

    /** Returns how a failing compensation is tried again. */
    public RetrySchedule compensationRetry() {
        return compensationRetry;
    }

    /** Returns the codec of the result if the compensation takes it, else null. */
    public @Nullable ArgumentCodec<T> result() {
        return result;
    }

    /** Returns whether the step may be called outside a transaction. */
    public boolean isStandalone() {
        return standalone;
    }

    /** Returns whether a value of the step or of its compensation is {@link io.dtx.Sensitive}: failures may tell it. */
    public boolean isSensitive() {
        return sensitive;
    }

    /** Returns whether an exception of an EXTERNAL step proves that it took no effect. */
    public boolean provesNoEffect(Throwable failure) {
        return isAny(noEffectOn, failure);
    }

    /** Returns whether a live call that failed so may be tried again, while attempts are left. */
    public boolean retriesOn(Throwable failure) {
        return permits(retryOn, abortOn, failure);
    }

    /** Returns whether a compensation that failed so may be tried again, while attempts are left. */
    public boolean retriesCompensationOn(Throwable failure) {
        return permits(compensationRetryOn, compensationAbortOn, failure);
    }

    @Override
    public String toString() {
        return name;
    }

    private static boolean permits(
            List<Class<? extends Throwable>> on, List<Class<? extends Throwable>> except, Throwable failure) {
        return !isAny(except, failure) && (on.isEmpty() || isAny(on, failure));
    }

    private static boolean isAny(List<Class<? extends Throwable>> types, Throwable failure) {
        return types.stream().anyMatch(type -> type.isInstance(failure));
    }

    /** Collects what generated code knows of a step; whatever is not said has the annotation's default. */
    public static final class Builder<T extends @Nullable Object> {

        private final String name;
        private final long contract;
        private @Nullable String resource;
        private @Nullable String compensation;
        private long timeoutMillis;
        private RetrySchedule retry = RetrySchedule.LIVE;
        private RetrySchedule compensationRetry = RetrySchedule.COMPENSATION;
        private @Nullable ArgumentCodec<T> result;
        private boolean standalone;
        private boolean sensitive;
        private List<Class<? extends Throwable>> noEffectOn = List.of();
        private List<Class<? extends Throwable>> retryOn = List.of();
        private List<Class<? extends Throwable>> abortOn = List.of();
        private List<Class<? extends Throwable>> compensationRetryOn = List.of();
        private List<Class<? extends Throwable>> compensationAbortOn = List.of();

        private Builder(String name, long contract) {
            this.name = name;
            this.contract = contract;
        }

        /** Makes it a guarded local transaction of a resource. */
        public Builder<T> resource(String name) {
            this.resource = name;
            return this;
        }

        /** Names the compensating method. */
        public Builder<T> compensation(String method) {
            this.compensation = method;
            return this;
        }

        /** Bounds one call. */
        public Builder<T> timeoutMillis(long millis) {
            this.timeoutMillis = millis;
            return this;
        }

        /** Says how the live call is tried again, after which exceptions, and after which not. */
        public Builder<T> retry(
                RetrySchedule schedule,
                List<Class<? extends Throwable>> retryOn,
                List<Class<? extends Throwable>> abortOn) {
            this.retry = schedule;
            this.retryOn = List.copyOf(retryOn);
            this.abortOn = List.copyOf(abortOn);
            return this;
        }

        /** Says how a failing compensation is tried again, after which exceptions, and after which not. */
        public Builder<T> compensationRetry(
                RetrySchedule schedule,
                List<Class<? extends Throwable>> retryOn,
                List<Class<? extends Throwable>> abortOn) {
            this.compensationRetry = schedule;
            this.compensationRetryOn = List.copyOf(retryOn);
            this.compensationAbortOn = List.copyOf(abortOn);
            return this;
        }

        /** Records the result with this codec, for the compensation. */
        public Builder<T> result(ArgumentCodec<T> codec) {
            this.result = codec;
            return this;
        }

        /** Lists the exceptions that prove that an EXTERNAL step took no effect. */
        public Builder<T> noEffectOn(List<Class<? extends Throwable>> types) {
            this.noEffectOn = List.copyOf(types);
            return this;
        }

        /** Lets it be called outside a transaction. */
        public Builder<T> standalone() {
            this.standalone = true;
            return this;
        }

        /** Keeps the messages of its failures, and of its compensation's, out of log and listings. */
        public Builder<T> sensitive() {
            this.sensitive = true;
            return this;
        }

        /** Makes the description. */
        public StepDescriptor<T> build() {
            return new StepDescriptor<>(this);
        }
    }
}
