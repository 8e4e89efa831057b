package io.dtx.spring;

import io.dtx.DtxException;
import io.dtx.cdi.Weaving;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.Woven;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Which class dtx-processor has generated for one, and which should have got one. */
final class Generated {

    private Generated() {}

    /** Returns the generated class that weaves a class, by its name; null if there is none. */
    static @Nullable Class<?> of(String name, @Nullable ClassLoader loader) {
        int simple = name.lastIndexOf('.') + 1;
        String generated = name.substring(0, simple) + name.substring(simple).replace('$', '_') + "_DtxBean";
        try {
            Class<?> type = Class.forName(generated, false, loader);
            GeneratedParticipant link = type.getAnnotation(GeneratedParticipant.class);
            return link != null
                            && link.of().getName().equals(name)
                            && !link.of().isAnnotationPresent(Woven.class) // else it is a leftover
                    ? type
                    : null;
        } catch (ClassNotFoundException | LinkageError e) {
            return null; // the processor had nothing to weave
        }
    }

    /** Returns whether a class was compiled for another way of weaving than a subclass. */
    static boolean hasCalls(Class<?> type) {
        String name = type.getName();
        int simple = name.lastIndexOf('.') + 1;
        String calls = name.substring(0, simple) + name.substring(simple).replace('$', '_') + "_DtxCalls";
        return ClassUtils.isPresent(calls, type.getClassLoader());
    }

    /** Returns whether calls of a class would have to be woven, and are not. */
    static boolean isMissing(Class<?> bean) {
        Class<?> type = ClassUtils.getUserClass(bean);
        return !ParticipantBean.class.isAssignableFrom(type)
                && !type.isAnnotationPresent(Woven.class)
                && Weaving.isAnnotated(type);
    }

    /** Makes the participant of a generated class, or of one whose bytecode is woven. */
    static Participant participant(Class<?> type) {
        Woven marker = type.getAnnotation(Woven.class);
        GeneratedParticipant link = (marker == null ? type : marker.value()).getAnnotation(GeneratedParticipant.class);
        try {
            return link.participant().getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new DtxException(
                    null, "DTX-6103 the participant of " + type.getName() + " cannot be made: compile it again.", e);
        }
    }
}
