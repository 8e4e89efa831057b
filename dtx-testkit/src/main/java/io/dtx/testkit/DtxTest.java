package io.dtx.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with a dtx of its own, in memory: its methods, and those before each test, take a {@link DtxExtension} as a parameter.
 * On a method it stands in place of {@code @Test}; on a class the methods have {@code @Test} or {@code @TestFactory} as usual.
 *
 * <pre>{@code
 * @DtxTest("stock")
 * void nothing_is_reserved_when_the_payment_fails(DtxExtension dtx) { … }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(DtxParameter.class)
@Test
public @interface DtxTest {

    /** The resources, each of which gets an empty H2 database in memory. */
    String[] value() default {};
}
