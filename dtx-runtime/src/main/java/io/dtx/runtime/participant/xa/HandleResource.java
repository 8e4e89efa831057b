package io.dtx.runtime.participant.xa;

import io.dtx.DtxException;
import io.dtx.runtime.participant.OnePhaseGuard;
import io.dtx.spi.XaSource;
import io.dtx.spi.XaSource.XaConnection;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A resource manager that is no data source: each transaction that uses it has a connection of its own. */
final class HandleResource implements RegisteredResource {

    private static final System.Logger LOG = System.getLogger(HandleResource.class.getName());

    private final String name;
    private final XaSource source;
    private volatile @Nullable OpenTransactions open;

    HandleResource(String name, XaSource source) {
        this.name = name;
        this.source = source;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public XaSource source() {
        return source;
    }

    @Override
    public void connect(int poolMax) {}

    @Override
    public void start(OpenTransactions transactions, @Nullable OnePhaseGuard guard) {
        open = transactions;
    }

    /** A proxy, because business code gets it once and works with another connection in each transaction. */
    @Override
    public <T> @Nullable T as(Class<T> type) {
        if (!type.isInterface() || javax.sql.DataSource.class.isAssignableFrom(type)) {
            return null;
        }
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(self, method, arguments));
        return type.cast(proxy);
    }

    private @Nullable Object call(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> "ATOMIC resource " + name;
            };
        }
        XaConnection connection = connection();
        method.trySetAccessible(); // of an interface that is not public
        try {
            return method.invoke(connection.handle(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private XaConnection connection() throws SystemException {
        OpenTransactions all = open;
        OpenTransaction transaction = all == null ? null : all.current();
        if (all == null || transaction == null) {
            throw new DtxException(
                    null,
                    "DTX-3538 resource \"" + name + "\" was used outside an ATOMIC transaction: call it from a"
                            + " @DistributedTransaction(mode = ATOMIC) method, on the same thread.",
                    null);
        }
        XaConnection present = (XaConnection) transaction.enlisted(name);
        return present == null ? enlist(all, transaction) : present;
    }

    private XaConnection enlist(OpenTransactions all, OpenTransaction transaction) {
        XaConnection opened;
        try {
            opened = source.open();
        } catch (Exception e) {
            throw new DtxException(
                    transaction.id(), "DTX-3501 resource \"" + name + "\" does not answer to " + transaction.id(), e);
        }
        Closing closing = new Closing(opened);
        try {
            all.synchronizations().registerInterposedSynchronization(closing);
        } catch (IllegalStateException e) {
            closing.afterCompletion(Status.STATUS_UNKNOWN);
            throw refused(transaction, e);
        }
        try {
            GuardedXaResource branch = new GuardedXaResource(name, opened.resource(), transaction, null, null);
            if (!all.manager()
                    .getTransaction()
                    .enlistResource(transaction.branches().add(branch))) {
                throw refused(transaction, null);
            }
            transaction.enlist(name, opened);
            return opened;
        } catch (RollbackException | SystemException | IllegalStateException e) {
            throw refused(transaction, e);
        }
    }

    private DtxException refused(OpenTransaction transaction, @Nullable Throwable cause) {
        return new DtxException(
                transaction.id(),
                "DTX-3534 resource \"" + name + "\" cannot take part in " + transaction.id()
                        + ", which can only roll back, or has ended.",
                cause);
    }

    @Override
    public void close() {}

    /** Closes the connection when the transaction has ended. */
    private record Closing(XaConnection connection) implements Synchronization {

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            try {
                connection.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "DTX-3526 a connection could not be closed", e);
            }
        }
    }
}
