package io.dtx.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a static method of {@link GeneratedCalls}: which method's calls go through it once the class is woven. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface EntryOf {

    /** The class that declares the method, by its binary name: the annotated class, or one that it extends. */
    String owner();

    /** The method's name. */
    String name();

    /** The method's descriptor, as in class files. */
    String descriptor();

    /** Whether a call outside of a transaction is a plain one. */
    boolean plainOutside() default false;
}
