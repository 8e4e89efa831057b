package io.dtx.runtime.participant.guard;

import org.hibernate.resource.transaction.backend.jdbc.internal.JdbcIsolationDelegate;
import org.hibernate.resource.transaction.backend.jta.internal.JtaTransactionCoordinatorBuilderImpl;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorOwner;

/**
 * Hibernate's JTA transactions, except that isolated work has a local transaction, on a connection outside of the ATOMIC one: a
 * JTA transaction for it would be one that dtx does not know.
 */
final class AtomicHibernate extends JtaTransactionCoordinatorBuilderImpl {

    private static final long serialVersionUID = 1;

    @Override
    public TransactionCoordinator buildTransactionCoordinator(TransactionCoordinatorOwner owner, Options options) {
        return HibernateTransactions.isolating(
                super.buildTransactionCoordinator(owner, options), jta -> new JdbcIsolationDelegate(owner));
    }
}
