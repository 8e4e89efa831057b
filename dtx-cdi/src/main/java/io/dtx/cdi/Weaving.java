package io.dtx.cdi;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.Weave;
import io.dtx.spi.Woven;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which classes must be woven, and what does it; public for containers of other kinds. */
public final class Weaving {

    private Weaving() {}

    /**
     * Returns the generated subclass that takes the place of a class; null if none does.
     *
     * @param type a class of an application
     */
    public static @Nullable Class<?> generatedFor(Class<?> type) {
        return isWoven(type) || callsFor(type) != null ? null : find(type, Weave.BEAN);
    }

    /** Returns the generated calls of a class; null if it has none, or but leftovers of an earlier compilation. */
    static @Nullable Class<?> callsFor(Class<?> type) {
        Class<?> participant = load(type, Weave.PARTICIPANT); // written anew whatever the option is
        try {
            return participant == null || participant.getMethod("calls").getDeclaringClass() != participant
                    ? null
                    : find(type, Weave.CALLS);
        } catch (NoSuchMethodException e) {
            return null; // no participant of ours
        }
    }

    private static @Nullable Class<?> find(Class<?> type, String ending) {
        Class<?> generated = load(type, ending);
        GeneratedParticipant link = generated == null ? null : generated.getAnnotation(GeneratedParticipant.class);
        return link != null && link.of() == type ? generated : null;
    }

    private static @Nullable Class<?> load(Class<?> type, String ending) {
        try {
            return Class.forName(Weave.nameFor(type.getName(), ending), false, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null; // the processor did not run, or had nothing to weave
        }
    }

    /** Returns whether a class's own code enters the gateway: a generated subclass, or one with woven bytecode. */
    static boolean isWoven(Class<?> type) {
        return ParticipantBean.class.isAssignableFrom(type) || type.isAnnotationPresent(Woven.class);
    }

    /** Returns whether a class was compiled for interceptors. */
    static boolean isIntercepted(Class<?> type) {
        return !isWoven(type) && weave(type) == Weave.NONE;
    }

    /**
     * Returns what a class with generated calls was compiled for; null if it has none.
     *
     * @param type a class of an application
     */
    public static @Nullable Weave weave(Class<?> type) {
        Class<?> calls = callsFor(type);
        GeneratedParticipant link = calls == null ? null : calls.getAnnotation(GeneratedParticipant.class);
        return link == null ? null : link.weave();
    }

    /**
     * Returns whether calls of a class would have to be woven: it has, or inherits, an annotated method that is in force.
     *
     * @param type the class of a bean
     */
    public static boolean isAnnotated(Class<?> type) {
        try {
            return hasAnnotation(type);
        } catch (LinkageError e) {
            return false; // a method names a class that is not there: containers cannot read such a class either
        }
    }

    /** Returns one annotation of each kind of ours that a class or its methods bear: containers look interceptors up by them. */
    static List<Annotation> annotations(Class<?> type) {
        Map<Class<?>, Annotation> found = new LinkedHashMap<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            Stream.<AnnotatedElement>concat(Stream.of(each), Stream.of(each.getDeclaredMethods()))
                    .flatMap(element -> Stream.of(element.getDeclaredAnnotations()))
                    .filter(annotation ->
                            annotation instanceof SagaStep || annotation instanceof DistributedTransaction)
                    .forEach(annotation -> found.putIfAbsent(annotation.annotationType(), annotation));
        }
        return List.copyOf(found.values());
    }

    private static boolean hasAnnotation(Class<?> type) {
        Set<List<Object>> overridden = new HashSet<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            boolean covers = each.isAnnotationPresent(DistributedTransaction.class);
            if (covers && each == type) {
                return true;
            }
            for (Method method : each.getDeclaredMethods()) {
                boolean inForce = !method.isBridge() && overridden.add(signature(method));
                if (inForce && (isAnnotated(method) || (covers && isBusiness(method)))) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean isAnnotated(Method method) {
        return method.isAnnotationPresent(SagaStep.class) || method.isAnnotationPresent(DistributedTransaction.class);
    }

    private static boolean isBusiness(Method method) {
        return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    private static List<Object> signature(Method method) {
        return List.of(method.getName(), Arrays.asList(method.getParameterTypes()));
    }
}
