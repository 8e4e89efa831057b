package io.dtx.runtime.coordinator;

import io.dtx.CoordinatorUnavailableException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A link whose members do not answer one question, once.
 *
 * @param link where everything else goes to
 * @param question the method's name
 * @param silent whether they do not answer the next time; false afterwards
 * @param planted what the asker gets then
 */
record SilentOnce(CoordinatorLink link, String question, AtomicBoolean silent, Throwable planted)
        implements InvocationHandler {

    /** Nobody answers then. */
    SilentOnce(CoordinatorLink link, String question, AtomicBoolean silent) {
        this(link, question, silent, new CoordinatorUnavailableException(null, "planted: nobody answers", null));
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] given) throws Throwable {
        if (method.getName().equals(question) && silent.compareAndSet(true, false)) {
            throw planted;
        }
        try {
            return method.invoke(link, given);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
