package io.dtx.runtime.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.simulation.kernel.History;
import io.dtx.runtime.simulation.kernel.Runner;
import io.dtx.runtime.simulation.kernel.SimulatedLoader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs each test of a class as a history of its own: under the scheduler of the simulation, and on an object of the same class,
 * loaded anew with simulated threads, locks and clocks. Not for classes to which JUnit gives anything.
 */
final class InHistory implements InvocationInterceptor {

    private static final long SEED = 1;

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> context, ExtensionContext extension)
            throws Throwable {
        test.skip();
        SimulatedLoader loader = new SimulatedLoader(InHistory.class.getClassLoader(), Map.of(), Map.of(), Map.of());
        Constructor<?> made =
                loader.loadClass(context.getTargetClass().getName()).getDeclaredConstructor();
        Method method = loader.loadClass(
                        context.getExecutable().getDeclaringClass().getName())
                .getDeclaredMethod(context.getExecutable().getName());
        made.setAccessible(true);
        method.setAccessible(true);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        History history = new Runner().run(SEED, false, () -> run(made, method, thrown));
        Throwable failure = thrown.get();
        if (failure != null) {
            throw failure;
        }
        assertThat(history.complaints()).isEmpty();
    }

    private static void run(Constructor<?> made, Method method, AtomicReference<@Nullable Throwable> thrown) {
        try {
            method.invoke(made.newInstance());
        } catch (InvocationTargetException e) {
            thrown.set(e.getCause());
        } catch (ReflectiveOperationException e) {
            thrown.set(e);
        }
    }
}
