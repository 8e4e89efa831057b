package io.dtx.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a generated subclass, and on {@link GeneratedCalls generated calls}: which class it weaves, and the participant that runs
 * the compensations of that class.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface GeneratedParticipant {

    /** The class that carries dtx's annotations. */
    Class<?> of();

    /** The generated participant: public, with a public constructor without parameters. */
    Class<? extends Participant> participant();

    /** What the calls of the class were compiled for. */
    Weave weave() default Weave.SUBCLASS;
}
