package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds generated classes by their names, and makes instances of them. */
final class Beans {

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            char.class, Character.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class);

    private Beans() {}

    /**
     * Returns the generated subclass of an annotated class.
     *
     * @throws DtxException if there is none: the processor did not run
     */
    static Class<? extends ParticipantBean> generatedFor(Class<?> annotated) {
        String plain = annotated.getName().substring(annotated.getPackageName().length());
        String simple = (plain.startsWith(".") ? plain.substring(1) : plain).replace('$', '_') + "_DtxBean";
        String name = annotated.getPackageName().isEmpty() ? simple : annotated.getPackageName() + "." + simple;
        try {
            return Class.forName(name, true, annotated.getClassLoader()).asSubclass(ParticipantBean.class);
        } catch (ClassNotFoundException e) {
            throw new DtxException(
                    null,
                    "DTX-1003 " + annotated.getName() + " has no generated " + simple
                            + ": dtx-processor did not run. Add it"
                            + " to annotationProcessorPaths (JDK 23+ ignores processors on the class path).",
                    e);
        }
    }

    /** Returns a new participant of a generated subclass. */
    static Participant participant(Class<? extends ParticipantBean> generated) {
        GeneratedParticipant link = generated.getAnnotation(GeneratedParticipant.class);
        if (link == null) {
            throw new DtxException(
                    null,
                    "DTX-1007 " + generated.getName()
                            + " is not one that dtx-processor generated: register the generated"
                            + " subclass of your class.",
                    null);
        }
        Class<? extends Participant> participant = link.participant();
        return provided(participant).orElseGet(() -> construct(participant, new Object[0]));
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

    /**
     * Makes an instance with the constructor that fits the arguments: boxed types match, null never fits a primitive, the most
     * specific one wins.
     *
     * @throws DtxException if none fits, or no single one fits best; the message lists the candidates
     */
    static <T> T construct(Class<T> type, @Nullable Object[] arguments) {
        List<Constructor<?>> fitting = new ArrayList<>();
        for (Constructor<?> each : type.getDeclaredConstructors()) {
            if (fits(each.getParameterTypes(), arguments)) {
                fitting.add(each);
            }
        }
        List<Constructor<?>> best = fitting.stream()
                .filter(each -> fitting.stream().allMatch(other -> isAtLeastAsSpecific(each, other)))
                .toList();
        if (best.size() != 1) {
            throw new DtxException(
                    null,
                    "DTX-1008 " + (fitting.isEmpty() ? "no constructor" : "more than one constructor") + " of "
                            + type.getName() + " fits " + types(arguments) + "; there are: "
                            + Arrays.toString(type.getDeclaredConstructors())
                            + ". Or make the object yourself and register(it).",
                    null);
        }
        return newInstance(type, best.get(0), arguments);
    }

    private static <T> T newInstance(Class<T> type, Constructor<?> constructor, @Nullable Object[] arguments) {
        try {
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance(arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new DtxException(null, "DTX-1009 the constructor of " + type.getName() + " failed", e.getCause());
        } catch (InaccessibleObjectException e) {
            throw new DtxException(
                    null,
                    "DTX-1009 " + type.getModule() + " keeps " + type.getName() + " to itself: open its package to "
                            + "io.dtx.runtime, or make the object yourself and register(it).",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new DtxException(null, "DTX-1009 " + type.getName() + " cannot be instantiated", e);
        }
    }

    private static boolean fits(Class<?>[] parameters, @Nullable Object[] arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            Object argument = arguments[i];
            boolean fits = argument == null
                    ? !parameters[i].isPrimitive()
                    : BOXES.getOrDefault(parameters[i], parameters[i]).isInstance(argument);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtLeastAsSpecific(Constructor<?> one, Constructor<?> other) {
        Class<?>[] a = one.getParameterTypes();
        Class<?>[] b = other.getParameterTypes();
        for (int i = 0; i < a.length; i++) {
            boolean primitive = a[i].isPrimitive();
            if (!b[i].isAssignableFrom(a[i]) && !(primitive && b[i].isAssignableFrom(BOXES.getOrDefault(a[i], a[i])))) {
                return false;
            }
        }
        return true;
    }

    private static String types(@Nullable Object[] arguments) {
        return Arrays.stream(arguments)
                .map(each -> each == null ? "null" : each.getClass().getName())
                .toList()
                .toString();
    }
}
