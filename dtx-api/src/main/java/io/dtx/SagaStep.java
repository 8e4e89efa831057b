package io.dtx;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a step of the saga that calls it. Its intent is durable before its effect; if the saga fails, times out
 * or its process dies, the step's compensation is called until it succeeds or an operator is needed.
 *
 * <p>With {@link #resource()} the step is one guarded local transaction of that resource (LOCAL_TX): it takes effect at
 * most once, and so does its compensation. Without it nothing guards the effect (EXTERNAL): the promise is at-least-once
 * with a {@linkplain StepContext#idempotencyKey() stable key}, and the compensation must accept a step that never ran, or
 * that is still running at the receiver.
 *
 * <p>The compensation's parameters are a prefix of the step's, by position and type, then an optional
 * {@link StepResult @StepResult}, then an optional {@link StepContext}. The annotation is for methods; the processor
 * rejects it on users' types.
 *
 * <p>What the compensation takes is recorded in the log, and nothing else: primitives and their boxes, {@link String}, enums,
 * {@link java.math.BigDecimal}, {@link java.math.BigInteger}, {@link java.util.UUID}, {@code java.time}, {@code byte[]},
 * records, sealed interfaces of records, and {@link java.util.Optional}, {@link java.util.List}, {@link java.util.Set},
 * {@link java.util.Map} and arrays of them, other types by {@link RecordedBy @RecordedBy}; at most 1 MiB in a call. A
 * later version of a record may have more components at its end: they are null, zero or an empty {@code Optional} in what
 * was recorded before. Any other change of a record makes what was recorded unreadable, and its transaction is parked.
 * The names of parameters are not recorded: a version in which parameters of one type have changed places needs another
 * {@link #name()}, or what an earlier one has left is compensated with each in the other's place.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface SagaStep {

    /** The {@link #compensate()} of a step that only reads: there is nothing to undo. */
    String NONE = "-";

    /** The name of the compensating method, in the same class or an accessible superclass; {@link #NONE} for a reading step. */
    @Nonbinding
    String compensate() default "";

    /** The registered resource whose local transaction the step is; empty for an EXTERNAL step. */
    @Nonbinding
    String resource() default "";

    /** The step's name in the log and in messages; empty: {@code SimpleClassName.method}. Needed for overloads. */
    @Nonbinding
    String name() default "";

    /** How long one call may take, as in {@link DistributedTransaction#timeout()}; empty: what remains of the transaction. */
    @Nonbinding
    String timeout() default "";

    /** Exceptions of an EXTERNAL step that prove that it took no effect. */
    @Nonbinding
    Class<? extends Throwable>[] noEffectOn() default {};

    /** How the live call is tried again; by default it is tried once. */
    @Nonbinding
    StepRetry retry() default @StepRetry;

    /** How a failing compensation is tried again; by default 120 times, then the transaction is parked. */
    @Nonbinding
    StepRetry compensationRetry() default @StepRetry;

    /** Whether the saga can only go forward once this step has finished. */
    @Nonbinding
    boolean pivot() default false;

    /** Whether the method may be called outside a transaction, where it is a plain local transaction of its resource. */
    @Nonbinding
    boolean standalone() default false;
}
