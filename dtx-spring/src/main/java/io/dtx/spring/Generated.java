package io.dtx.spring;

import io.dtx.DtxException;
import io.dtx.cdi.Weaving;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.Weave;
import io.dtx.spi.Woven;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Which class dtx-processor has generated for one, and which should have got one. */
final class Generated {

    private Generated() {}

    /** Returns the generated class that weaves a class, by its name; null if there is none. */
    static @Nullable Class<?> of(String name, @Nullable ClassLoader loader) {
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
