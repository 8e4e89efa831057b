package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.IsolatedWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hibernate.resource.jdbc.spi.PhysicalConnectionHandlingMode;
import org.hibernate.resource.transaction.backend.jdbc.internal.JdbcResourceLocalTransactionCoordinatorBuilderImpl;
import org.hibernate.resource.transaction.spi.IsolationDelegate;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorOwner;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's resource-local transactions, except that isolated work is marked as {@link IsolatedWork}. Proxies, because the two
 * interfaces grow from version to version.
 */
final class HibernateTransactions implements TransactionCoordinatorBuilder {

    private static final long serialVersionUID = 1;

    private static final TransactionCoordinatorBuilder LOCAL =
            JdbcResourceLocalTransactionCoordinatorBuilderImpl.INSTANCE;

    @Override
    public TransactionCoordinator buildTransactionCoordinator(TransactionCoordinatorOwner owner, Options options) {
        return isolating(LOCAL.buildTransactionCoordinator(owner, options), UnaryOperator.identity());
    }

    /** Returns a coordinator whose isolated work is marked, and done in the way that is chosen. */
    static TransactionCoordinator isolating(
            TransactionCoordinator coordinator, UnaryOperator<IsolationDelegate> choice) {
        return proxy(
                TransactionCoordinator.class,
                method -> method.getName().equals("createIsolationDelegate"),
                (method, arguments) -> isolated(
                        choice.apply((IsolationDelegate) Objects.requireNonNull(call(coordinator, method, arguments)))),
                coordinator);
    }

    @Override
    public boolean isJta() {
        return false;
    }

    @Override
    public PhysicalConnectionHandlingMode getDefaultConnectionHandlingMode() {
        return LOCAL.getDefaultConnectionHandlingMode();
    }

    private static IsolationDelegate isolated(IsolationDelegate delegate) {
        return proxy(
                IsolationDelegate.class,
                method -> method.getDeclaringClass() != Object.class,
                (method, arguments) -> {
                    IsolatedWork.begin();
                    try {
                        return call(delegate, method, arguments);
                    } finally {
                        IsolatedWork.end();
                    }
                },
                delegate);
    }

    private static <T> T proxy(Class<T> type, Predicate<Method> special, Call specially, Object target) {
        return type.cast(Proxy.newProxyInstance(
                HibernateTransactions.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        special.test(method) ? specially.call(method, arguments) : call(target, method, arguments)));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** How a method is called in another way. */
    private interface Call {
        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable;
    }
}
