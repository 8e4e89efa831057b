package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.ClassFileCalls.Call;
import io.dtx.spi.Participant;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Calls such as {@code super.step()} that run the code of a step without its guard: the generated subclass overrides the method,
 * and they reach what it overrides. In the override of that method they are right. The processor refuses them in sources that
 * javac compiles; what other compilers have compiled is only known from the class files.
 */
final class CallsPastGuards {

    private static final int SYNTHETIC = 0x1000;
    private static final int BRIDGE = 0x0040;
    private static final String LAMBDA_OF_JAVAC = "lambda\\$(?!\\d+$).*"; // others have no method's name in theirs

    private final Class<?> annotated;
    private final Class<?> generated;
    private final Participant participant;

    private CallsPastGuards(Class<?> annotated, Class<?> generated, Participant participant) {
        this.annotated = annotated;
        this.generated = generated;
        this.participant = participant;
    }

    /**
     * Looks at the code of a class and of its superclasses, where one above has steps or transactions.
     *
     * @param generated the generated subclass
     * @throws DtxException if there is such a call
     */
    static void refuse(Class<?> annotated, Class<?> generated, Participant participant) {
        new CallsPastGuards(annotated, generated, participant).refuse();
    }

    private void refuse() {
        for (Class<?> each = annotated; !each.getName().startsWith("java."); each = each.getSuperclass()) {
            Map<String, Method> above = above(each);
            if (above.values().stream().anyMatch(this::isGuarded)) {
                for (Call call : calls(each)) {
                    Method called = above.get(call.method() + call.descriptor());
                    if (called != null && isGuarded(called) && !isOfOverride(each, call, called)) {
                        throw refusal(each, call);
                    }
                }
            }
        }
    }

    /** Returns the methods that {@code super} means in a class, by their names and descriptors. */
    private static Map<String, Method> above(Class<?> type) {
        Map<String, Method> above = new HashMap<>();
        for (Class<?> each = type.getSuperclass(); each != null; each = each.getSuperclass()) {
            for (Method method : LaterMethods.methods(each)) {
                above.putIfAbsent(method.getName() + descriptor(method), method);
            }
        }
        return above;
    }

    private boolean isGuarded(Method method) {
        boolean isCompensation =
                participant.steps().stream().anyMatch(step -> method.getName().equals(step.compensation()));
        return LaterMethods.isAnnotated(method)
                || (!isCompensation && isInForce(method) && declares(generated, method));
    }

    private boolean isInForce(Method method) {
        for (Class<?> each = annotated; each != method.getDeclaringClass(); each = each.getSuperclass()) {
            if (declares(each, method)) {
                return false;
            }
        }
        return true;
    }

    // A bridge calls what it stands for, and an override with other types has one. Lambdas and inner classes may be the
    // override's.
    private static boolean isOfOverride(Class<?> type, Call call, Method called) {
        if ((call.access() & BRIDGE) != 0) {
            return true;
        }
        boolean isItself = call.in().equals(called.getName())
                && (call.inDescriptor().equals(call.descriptor()) || isBridged(type, called));
        boolean isPart = (call.access() & SYNTHETIC) != 0
                && (call.in().startsWith("lambda$" + called.getName() + "$")
                        || !call.in().matches(LAMBDA_OF_JAVAC));
        return isItself || (isPart && declares(type, called));
    }

    private static boolean isBridged(Class<?> type, Method called) {
        return Stream.of(LaterMethods.methods(type)).anyMatch(each -> each.isBridge() && isSame(each, called));
    }

    private static boolean declares(Class<?> type, Method method) {
        return Stream.of(LaterMethods.methods(type)).anyMatch(each -> isSame(each, method));
    }

    private static boolean isSame(Method one, Method other) {
        return one.getName().equals(other.getName()) && descriptor(one).equals(descriptor(other));
    }

    private static List<Call> calls(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in == null ? List.of() : ClassFileCalls.read(in); // in a native image there are none
        } catch (IOException e) {
            return List.of(); // a format to come: what cannot be read is not judged
        }
    }

    private static String descriptor(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
    }

    private DtxException refusal(Class<?> type, Call call) {
        return new DtxException(
                null,
                "DTX-1041 " + type.getName() + "." + call.in() + " calls super." + call.method()
                        + ", which would run a step or transaction of " + annotated.getName()
                        + " without its guard: call " + call.method()
                        + " without super, or move the code that is to run by itself to a method of its own.",
                null);
    }
}
