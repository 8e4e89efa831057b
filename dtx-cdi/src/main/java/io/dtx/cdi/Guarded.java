package io.dtx.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects a registered resource: {@code @Inject @Guarded("stock") DataSource stock}.
 *
 * <p>Also an {@code EntityManager} of a resource with a persistence unit, and, for what takes part in ATOMIC transactions and is no
 * database, the interface of its handles: {@code @Inject @Guarded("seats") Seats seats}. {@code Instance} and {@code Provider} of
 * these look the same up when they are asked: {@code @Inject @Guarded("stock") Instance<EntityManager> stock}.
 *
 * <p>In a step of that resource its connections are the step's own, which the step commits together with its guard row;
 * outside of steps they are plain ones. Injecting it opens nothing: the first use does.
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface Guarded {

    /** The name under which an observer of {@code Dtx.Builder} registered the resource. */
    @Nonbinding
    String value();

    /** The annotation as an object, for {@code instance.select(Guarded.Literal.of("stock"))}. */
    final class Literal extends AnnotationLiteral<Guarded> implements Guarded {

        private static final long serialVersionUID = 1;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** Returns the annotation for a resource. */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
