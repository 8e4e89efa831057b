package io.dtx.runtime;

import io.dtx.DtxException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes instances of generated classes and of woven ones. */
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
