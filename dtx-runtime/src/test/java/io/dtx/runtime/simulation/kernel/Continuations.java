package io.dtx.runtime.simulation.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * What is used of {@code jdk.internal.vm.Continuation}, of which virtual threads are made: a task that can be left in its middle,
 * and gone on with later, on the same thread. It is nobody's interface; {@code --add-exports
 * java.base/jdk.internal.vm=ALL-UNNAMED} opens it.
 */
final class Continuations {

    private static final int JDK_MIN = 25; // no other was tried

    private final MethodHandle make;
    private final MethodHandle run;
    private final MethodHandle yield;
    private final Object scope;

    private Continuations(Class<?> type, Class<?> scopeType) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        scope = scopeType.getConstructor(String.class).newInstance("simulation");
        make = lookup.findConstructor(type, MethodType.methodType(void.class, scopeType, Runnable.class))
                .asType(MethodType.methodType(Object.class, Object.class, Runnable.class));
        run = lookup.findVirtual(type, "run", MethodType.methodType(void.class))
                .asType(MethodType.methodType(void.class, Object.class));
        yield = lookup.findStatic(type, "yield", MethodType.methodType(boolean.class, scopeType))
                .asType(MethodType.methodType(boolean.class, Object.class));
    }

    /** Returns them, or null where there are none. */
    static @Nullable Continuations find() {
        if (Runtime.version().feature() < JDK_MIN) {
            return null;
        }
        try {
            return new Continuations(
                    Class.forName("jdk.internal.vm.Continuation"), Class.forName("jdk.internal.vm.ContinuationScope"));
        } catch (ReflectiveOperationException e) {
            return null; // not opened
        }
    }

    /** Makes one of a task. */
    Object of(Runnable task) {
        try {
            return (Object) make.invokeExact(scope, task);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Goes on with one, until its end or until it leaves. */
    void run(Object continuation) {
        try {
            run.invokeExact(continuation);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * Leaves the one that runs.
     *
     * @throws IllegalStateException if it cannot be left here: there is a frame of native code
     */
    void leave() {
        try {
            boolean unused = (boolean) yield.invokeExact(scope);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(cause);
    }
}
