package io.dtx.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a class whose bytecode has been woven; a build plugin or an agent puts it there, never a person. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Woven {

    /** The generated calls that the class now makes. */
    Class<? extends GeneratedCalls> value();
}
