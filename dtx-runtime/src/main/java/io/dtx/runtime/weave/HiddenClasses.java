package io.dtx.runtime.weave;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.spi.Woven;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import net.bytebuddy.description.annotation.AnnotationList;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.pool.TypePool;

/**
 * Anonymous and local classes, and the bodies of enum constants. Annotation processors do not see them, so nothing is generated
 * for them: what would run in them as a plain method, silently, is refused.
 */
final class HiddenClasses {

    private HiddenClasses() {}

    /**
     * Looks at a class.
     *
     * @param hasCalls whether calls are generated for a class, by its name
     * @throws IllegalStateException if it is hidden, and a step or transaction of it would not enter
     */
    static void refuse(TypeDescription type, Predicate<String> hasCalls) {
        if (!type.isAnonymousType() && !type.isLocalType()) {
            return;
        }
        try {
            refuseHidden(type, hasCalls);
        } catch (TypePool.Resolution.NoSuchTypeException e) {
            return; // a superclass is not on the class path: neither is there anything that was generated for it
        }
    }

    private static void refuseHidden(TypeDescription type, Predicate<String> hasCalls) {
        Set<String> known = new HashSet<>();
        TypeDescription each = type;
        boolean enters = false;
        while (each != null && !enters) {
            enters = !each.equals(type) && (!each.isAbstract() || each.isEnum() || isWoven(each, hasCalls));
            for (MethodDescription.InDefinedShape method : each.getDeclaredMethods()) {
                boolean inForce = known.add(method.getInternalName() + method.getDescriptor());
                boolean isPlain = inForce ? !enters : each.isEnum();
                if (isPlain && isAnnotated(method)) {
                    throw refusal(type, each, method);
                }
            }
            TypeDefinition superclass = each.getSuperClass();
            each = superclass == null ? null : superclass.asErasure();
        }
    }

    private static boolean isWoven(TypeDescription type, Predicate<String> hasCalls) {
        return hasCalls.test(type.getName()) || type.getDeclaredAnnotations().isAnnotationPresent(Woven.class);
    }

    private static boolean isAnnotated(MethodDescription method) {
        AnnotationList on = method.getDeclaredAnnotations();
        return on.isAnnotationPresent(SagaStep.class) || on.isAnnotationPresent(DistributedTransaction.class);
    }

    private static IllegalStateException refusal(
            TypeDescription type, TypeDescription owner, MethodDescription method) {
        String label = owner.getName() + "." + method.getName();
        if (owner.equals(type)) {
            return new IllegalStateException("DTX-1035 " + label
                    + " is annotated in an anonymous or local class, which no annotation processor sees: move the"
                    + " method to a named class.");
        }
        return new IllegalStateException("DTX-1035 " + type.getName()
                + (owner.isEnum()
                        ? " is a constant's body and overrides " + label + ", which would be plain there: override a"
                                + " method that is not annotated, and call it from that one."
                        : " is an anonymous or local class and inherits " + label + ", which would be plain there: make"
                                + " it a named class."));
    }
}
