package io.dtx.cdi;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What dtx-cdi adds to annotated beans that have no generated subclass, in containers that are made at build time: dtx looks them up
 * by it, so that such a container does not take them for unused. Their steps have to be undone after a restart, even if nothing
 * injects them. Applications do not write it.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface Participating {}
