package io.dtx.cdi;

import io.dtx.DtxException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The JTA transaction of a server or of Quarkus. In it a pool would take a step's connection for one of that transaction, and refuse
 * to commit it.
 */
final class ServerTransaction implements AmbientTransaction {

    private static final List<String> NAMES = List.of(
            "java:jboss/TransactionManager", "java:appserver/TransactionManager", "java:comp/TransactionManager");

    private final TransactionManager manager;

    ServerTransaction(TransactionManager manager) {
        this.manager = manager;
    }

    /** Finds the transaction manager of the container; needs Jakarta Transactions on the class path. */
    static AmbientTransaction of(BeanManager beans) {
        TransactionManager manager = bean(beans);
        for (String name : NAMES) {
            manager = manager == null ? named(name) : manager;
        }
        return manager == null ? NONE : new ServerTransaction(manager);
    }

    private static @Nullable TransactionManager bean(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(TransactionManager.class));
        return bean == null
                ? null
                : (TransactionManager)
                        beans.getReference(bean, TransactionManager.class, beans.createCreationalContext(bean));
    }

    @SuppressWarnings("BanJNDI") // the names are constants
    private static @Nullable TransactionManager named(String name) {
        try {
            return InitialContext.doLookup(name) instanceof TransactionManager manager ? manager : null;
        } catch (NamingException e) {
            return null; // no server, or one that calls it otherwise
        }
    }

    @Override
    public Runnable suspend() {
        Transaction outer;
        try {
            outer = manager.suspend();
        } catch (SystemException e) {
            throw new DtxException(
                    null,
                    "DTX-6012 the server's transaction could not be put aside for a step, which was not run: "
                            + e.getMessage(),
                    e);
        }
        return outer == null ? () -> {} : () -> resume(outer);
    }

    private void resume(Transaction outer) {
        try {
            manager.resume(outer);
        } catch (InvalidTransactionException | SystemException e) {
            throw new DtxException(
                    null,
                    "DTX-6012 the server's transaction could not be taken up again after a step, which has ended: "
                            + e.getMessage(),
                    e);
        }
    }
}
