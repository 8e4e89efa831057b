package io.dtx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the compensation's parameter that receives the step's result: of the result's type for a step with a resource,
 * {@link java.util.Optional} of it for an EXTERNAL step, where empty means that the result is not known.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface StepResult {}
