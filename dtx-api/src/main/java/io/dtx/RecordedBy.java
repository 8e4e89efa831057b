package io.dtx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the codec with which a value is recorded, where dtx has none of its own: on a parameter, a record component, a
 * step (for its result), or a type (for every value of it). The codec has a public constructor without parameters.
 * It never sees null: whether there is a value is recorded before it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.METHOD, ElementType.TYPE})
public @interface RecordedBy {

    /** The codec of the annotated value. */
    Class<? extends io.dtx.spi.ArgumentCodec<?>> value();
}
