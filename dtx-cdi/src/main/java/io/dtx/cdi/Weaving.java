package io.dtx.cdi;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which classes must be woven, and which generated class does it. */
final class Weaving {

    private Weaving() {}

    /** Returns the name of the class that dtx-processor generates for one; names as {@link Class#getName()}. */
    static String generatedName(String name) {
        int simple = name.lastIndexOf('.') + 1;
        return name.substring(0, simple) + name.substring(simple).replace('$', '_') + "_DtxBean";
    }

    /** Returns the generated class that weaves a class; null if there is none. */
    static @Nullable Class<?> generatedFor(Class<?> type) {
        try {
            Class<?> generated = Class.forName(generatedName(type.getName()), false, type.getClassLoader());
            GeneratedParticipant link = generated.getAnnotation(GeneratedParticipant.class);
            return link != null && link.of() == type ? generated : null;
        } catch (ClassNotFoundException e) {
            return null; // the processor did not run, or had nothing to weave
        }
    }

    static boolean isWoven(Class<?> type) {
        return ParticipantBean.class.isAssignableFrom(type);
    }

    /** Returns whether calls of a class would have to be woven: it has, or inherits, an annotated method that is in force. */
    static boolean isAnnotated(Class<?> type) {
        try {
            return hasAnnotation(type);
        } catch (LinkageError e) {
            return false; // a method names a class that is not there: containers cannot read such a class either
        }
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

    private static boolean isAnnotated(Method method) {
        return method.isAnnotationPresent(SagaStep.class) || method.isAnnotationPresent(DistributedTransaction.class);
    }

    private static boolean isBusiness(Method method) {
        return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    private static List<Object> signature(Method method) {
        return List.of(method.getName(), Arrays.asList(method.getParameterTypes()));
    }
}
