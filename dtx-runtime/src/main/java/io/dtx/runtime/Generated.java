package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.Weave;
import io.dtx.spi.Woven;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** What dtx-processor has generated for a class, found by its name. */
final class Generated {

    private Generated() {}

    /**
     * Returns the class whose objects are woven: the generated subclass of an annotated class, or itself.
     *
     * @throws DtxException if there is none: the processor or the weaver did not run
     */
    static Class<?> wovenFor(Class<?> annotated) {
        if (annotated.isAnnotationPresent(Woven.class) || ParticipantBean.class.isAssignableFrom(annotated)) {
            return annotated;
        }
        GeneratedParticipant calls = link(callsFor(annotated));
        if (calls != null) {
            throw calls.weave() == Weave.BYTECODE ? unwoven(annotated) : forInterceptors(annotated);
        }
        Class<?> bean = find(annotated, Weave.BEAN);
        if (bean == null) {
            throw new DtxException(
                    null,
                    "DTX-1003 " + annotated.getName() + " has no generated "
                            + Weave.nameFor(annotated.getName(), Weave.BEAN)
                            + ": dtx-processor did not run. Add it"
                            + " to annotationProcessorPaths (JDK 23+ ignores processors on the class path).",
                    null);
        }
        return bean;
    }

    /**
     * Returns a new participant of a class that is registered: a generated subclass, a woven class, or one whose calls a
     * container intercepts.
     */
    static Participant participant(Class<?> registered) {
        GeneratedParticipant link = link(registered);
        Woven marker = registered.getAnnotation(Woven.class);
        if (link == null) {
            link = link(marker == null ? callsFor(registered) : marker.value());
        }
        if (link == null) {
            throw new DtxException(
                    null,
                    "DTX-1007 " + registered.getName() + " is not woven, and was perhaps made with new: let"
                            + " dtx.create(" + registered.getSimpleName() + ".class, ...) make it, or register the"
                            + " generated subclass of your class; or compile it with -Adtx.weave=bytecode.",
                    null);
        }
        if (marker == null && link.weave() == Weave.BYTECODE) {
            throw unwoven(registered);
        }
        Class<? extends Participant> type = link.participant();
        Participant participant = provided(type).orElseGet(() -> Beans.construct(type, new Object[0]));
        LaterMethods.refuse(link.of(), registered, participant.calls());
        if (participant.calls() == null) {
            CallsPastGuards.refuse(link.of(), registered, participant);
        }
        return participant;
    }

    /** Returns an instance from a named module that provides it: such a module may keep its packages to itself. */
    private static Optional<Participant> provided(Class<? extends Participant> participant) {
        ModuleLayer layer = participant.getModule().getLayer();
        return layer == null
                ? Optional.empty() // not in a named module
                : ServiceLoader.load(layer, Participant.class).stream()
                        .filter(each -> each.type() == participant)
                        .findFirst()
                        .map(ServiceLoader.Provider::get);
    }

    /** Returns the woven class that an object belongs to: a constant of an enum may be of a class of its own. */
    static Class<?> wovenClassOf(Object bean) {
        Class<?> each = bean.getClass();
        while (each != null && !each.isAnnotationPresent(Woven.class)) {
            each = each.getSuperclass();
        }
        if (each != null) {
            return each;
        }
        Class<?> type = bean.getClass();
        GeneratedParticipant calls = link(callsFor(type));
        if (calls != null && calls.weave() == Weave.NONE) {
            throw forInterceptors(type);
        }
        return type;
    }

    /** Returns the participant of a class with woven bytecode. */
    static Participant participantOfWoven(Class<?> type) {
        if (!type.isAnnotationPresent(Woven.class)) {
            wovenFor(type); // says why
            throw new DtxException(
                    null,
                    "DTX-1029 " + type.getName() + " has a generated subclass, whose objects have a gateway each: let"
                            + " dtx.create(...) make them. For objects made with new compile with -Adtx.weave=bytecode.",
                    null);
        }
        return participant(type);
    }

    private static DtxException unwoven(Class<?> type) {
        return new DtxException(
                null,
                "DTX-1030 " + type.getName()
                        + " was compiled with -Adtx.weave=bytecode and is not woven: run the build's"
                        + " weaving (mvn process-classes; an IDE does not run it by itself), or start the JVM with"
                        + " -javaagent:dtx-runtime.jar from the beginning, not attached later.",
                null);
    }

    private static DtxException forInterceptors(Class<?> type) {
        return new DtxException(
                null,
                "DTX-1039 " + type.getName()
                        + " was compiled with -Adtx.weave=none, for the interceptors of a container:"
                        + " inject it, or compile it with -Adtx.weave=subclass or bytecode.",
                null);
    }

    private static @Nullable GeneratedParticipant link(@Nullable Class<?> generated) {
        return generated == null ? null : generated.getAnnotation(GeneratedParticipant.class);
    }

    /** Returns the generated calls of a class, unless they are left over: its participant is written anew with every option. */
    private static @Nullable Class<?> callsFor(Class<?> annotated) {
        Class<?> participant = load(annotated, Weave.PARTICIPANT);
        try {
            return participant == null || participant.getMethod("calls").getDeclaringClass() != participant
                    ? null
                    : find(annotated, Weave.CALLS);
        } catch (NoSuchMethodException e) {
            return null; // no participant of ours
        }
    }

    private static @Nullable Class<?> find(Class<?> annotated, String ending) {
        Class<?> generated = load(annotated, ending);
        GeneratedParticipant link = link(generated);
        return link != null && link.of() == annotated
                ? generated
                : null; // names of nested classes can be those of others
    }

    private static @Nullable Class<?> load(Class<?> annotated, String ending) {
        try {
            return Class.forName(Weave.nameFor(annotated.getName(), ending), false, annotated.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
