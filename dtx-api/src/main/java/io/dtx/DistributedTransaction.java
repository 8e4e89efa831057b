package io.dtx;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method the orchestration of a distributed transaction: the {@linkplain SagaStep steps} that it calls, directly
 * or through other methods on the same thread, take effect together or are undone together.
 *
 * <p>On a type it means the type's public methods that are neither steps nor compensations; default methods that it inherits
 * are not covered, and refused when it is compiled.
 *
 * <p>The caller is told the logged decision. The method returns: the transaction is committed. It throws: every step was
 * compensated, or is being compensated after {@code dtx.compensation.wait}, unless the exception is an instance of a class
 * in {@link #dontRollbackOn()}. A method that returned although its transaction was aborted throws
 * {@link TransactionAbortedException}; where the decision cannot be learned, {@link OutcomeUnknownException}.
 *
 * <p>With {@code mode = ATOMIC} there are no steps: what the method does, on its thread, with the XA resources that are
 * registered commits in all of them or in none.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface DistributedTransaction {

    /** How the steps become one. */
    @Nonbinding
    TransactionMode mode() default TransactionMode.SAGA;

    /** What to do about a transaction that the caller already has. */
    @Nonbinding
    Propagation propagation() default Propagation.REQUIRED;

    /** What happens when the owner dies before the decision; for sagas only. */
    @Nonbinding
    Recovery recovery() default Recovery.BACKWARD;

    /**
     * How long the transaction may stay undecided, as a number with a unit: {@code "500ms"}, {@code "30s"}, {@code "5m"},
     * {@code "2h"}. Empty: the configured {@code dtx.transaction.timeout}, 60 seconds by default. For a saga it counts in log
     * time, from the first step's intent; for an ATOMIC transaction from its beginning.
     */
    @Nonbinding
    String timeout() default "";

    /** The transaction's name in the log, in messages and in configuration; empty: {@code SimpleClassName.method}. */
    @Nonbinding
    String name() default "";

    /** Exceptions that leave the method and yet let the transaction commit. */
    @Nonbinding
    Class<? extends Throwable>[] dontRollbackOn() default {};
}
