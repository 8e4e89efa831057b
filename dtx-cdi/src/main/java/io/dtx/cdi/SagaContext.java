package io.dtx.cdi;

import io.dtx.runtime.invoke.CapturedSaga;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.util.Map;

/**
 * Has the managed executors of Jakarta Concurrency carry sagas: what a task calls belongs to the saga of the thread that handed the task
 * over, as {@link io.dtx.runtime.Dtx#propagating(java.util.concurrent.Executor)} has it, but for one thing: a saga does not wait
 * for tasks that have not begun when its method returns, as containers may never run them. Such a task's steps are refused: wait for
 * the futures. ATOMIC transactions and steps stay on their thread: tasks of theirs are in no transaction, but what such a thread itself runs,
 * like the action that depends on a stage which is complete, is called by the transaction, or by the step.
 *
 * <p>Containers find it by its service file, where they have Jakarta Concurrency, and call it {@value #TYPE} in a context
 * service definition. Thread-safe.
 */
public final class SagaContext implements ThreadContextProvider {

    /** The name of this type of context. */
    public static final String TYPE = "io.dtx.Saga";

    /** Is made by the container. */
    public SagaContext() {}

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        return snapshot(CapturedSaga.ofThread());
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return snapshot(CapturedSaga.none());
    }

    private static ThreadContextSnapshot snapshot(CapturedSaga saga) {
        return () -> {
            CapturedSaga.Stay stay = saga.enter();
            return stay::end;
        };
    }

    @Override
    public String getThreadContextType() {
        return TYPE;
    }
}
