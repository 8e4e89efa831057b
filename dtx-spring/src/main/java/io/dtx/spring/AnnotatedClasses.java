package io.dtx.spring;

import io.dtx.cdi.Weaving;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.Weave;
import io.dtx.spi.Woven;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Which class weaves one of an application, and which one has nothing that does. */
final class AnnotatedClasses {

    private AnnotatedClasses() {}

    /** Returns the generated class that weaves a class, by its name; null if there is none. */
    static @Nullable Class<?> generatedFor(String name, @Nullable ClassLoader loader) {
        if (!ClassUtils.isPresent(Weave.nameFor(name, Weave.PARTICIPANT), loader)) {
            return null; // the processor had nothing to weave; the class need not even be there
        }
        try {
            return Weaving.generatedFor(Class.forName(name, false, loader));
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Returns whether calls of a class would have to be woven, and are not. */
    static boolean isUnwoven(Class<?> bean) {
        Class<?> type = ClassUtils.getUserClass(bean);
        return !ParticipantBean.class.isAssignableFrom(type)
                && !type.isAnnotationPresent(Woven.class)
                && Weaving.isAnnotated(type);
    }

    /** Returns the generated class that an object's class is, or extends: a test's double may extend it. */
    static Class<?> ofParticipant(Class<?> bean) {
        Class<?> each = ClassUtils.getUserClass(bean);
        while (ParticipantBean.class.isAssignableFrom(each.getSuperclass())
                && !each.isAnnotationPresent(GeneratedParticipant.class)) {
            each = each.getSuperclass();
        }
        return each;
    }
}
