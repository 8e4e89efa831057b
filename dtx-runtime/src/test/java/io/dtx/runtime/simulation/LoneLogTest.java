package io.dtx.runtime.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.CoordinatorLogContract;
import io.dtx.runtime.simulation.kernel.History;
import io.dtx.runtime.simulation.kernel.Kernel;
import io.dtx.runtime.simulation.kernel.Runner;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** The simulated log keeps the contract of the real ones, as long as no fault strikes: each test is a history of its own. */
@ExtendWith(LoneLogTest.InHistory.class)
class LoneLogTest extends CoordinatorLogContract {

    private static final long SEED = 1;

    private @Nullable LogStore store;

    @Override
    protected CoordinatorLog create() {
        store = new LogStore(7, Kernel.current(), Limits.DEFAULT);
        return open();
    }

    @Override
    protected CoordinatorLog reopen(CoordinatorLog closed) {
        return open();
    }

    private CoordinatorLog open() {
        Faults none = new Faults(SEED, Set.of());
        none.heal();
        return new LoneLog(Objects.requireNonNull(store), Kernel.current(), none, () -> {});
    }

    /** Runs a test under the scheduler of the simulation. */
    static final class InHistory implements InvocationInterceptor {

        @Override
        public void interceptTestMethod(
                Invocation<Void> test, ReflectiveInvocationContext<Method> context, ExtensionContext extension)
                throws Throwable {
            AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
            History history = new Runner().run(SEED, false, () -> proceed(test, thrown));
            Throwable failure = thrown.get();
            if (failure != null) {
                throw failure;
            }
            assertThat(history.complaints()).isEmpty();
        }

        private static void proceed(Invocation<Void> test, AtomicReference<@Nullable Throwable> thrown) {
            try {
                Void unused = test.proceed();
            } catch (Throwable e) {
                thrown.set(e);
            }
        }
    }
}
