package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.participant.guard.Dialect.Limits;
import io.dtx.spi.LocalTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that the application begins and ends in its own way. The guard row is the body's last statement; what
 * {@code call} throws after the body has returned says nothing about the commit.
 */
final class SuppliedTransactions implements TransactionSource {

    private final LocalTransactions transactions;
    private volatile @Nullable Dialect dialect;
    private volatile boolean locks;

    SuppliedTransactions(LocalTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void start(String resource) throws SQLException {
        define(connection -> {
            Dialect found = Dialect.of(connection);
            locks = found.needsLock(connection.getTransactionIsolation());
            dialect = found.withoutPipeline();
        });
    }

    @Override
    public Dialect dialect() {
        return Objects.requireNonNull(dialect, "not started");
    }

    @Override
    public void levelChanged() {
        locks = true;
    }

    @Override
    public Ended step(Use use, @Nullable SessionTag tag, Work work) {
        return run(use, work);
    }

    @Override
    public Ended own(Use use, Limits limits, Work work) {
        return run(use, transaction -> {
            transaction.limit(limits);
            return work.run(transaction);
        });
    }

    private Ended run(Use use, Work work) {
        Attempt attempt = new Attempt(use, work);
        try {
            transactions.call(attempt);
        } catch (Throwable e) {
            return attempt.ended(e);
        }
        return attempt.ended(null);
    }

    @Override
    public void define(Definition definition) throws SQLException {
        try {
            transactions.call(connection -> {
                definition.run(connection);
                return true;
            });
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException(e);
        }
    }

    @Override
    public Connection outside(@Nullable String user, @Nullable String password) throws SQLException {
        throw new SQLException(
                "DTX-3020 this resource's transactions are the application's own (LocalTransactions): its data source has a"
                        + " connection inside of steps only.",
                "08003");
    }

    /** One transaction: whoever runs it twice is told so, for the second run could repeat an effect. */
    private final class Attempt implements LocalTransactions.Body<Boolean> {

        private final Use use;
        private final Work work;
        private @Nullable LocalTransaction transaction;
        private boolean returned;
        private @Nullable Throwable thrown;

        Attempt(Use use, Work work) {
            this.use = use;
            this.work = work;
        }

        @Override
        public Boolean run(Connection connection) throws Exception {
            if (transaction != null) {
                throw new IllegalStateException("DTX-3024 LocalTransactions.call ran the body of " + use
                        + " again: it must run it once, and throw what it threw.");
            }
            LocalTransaction begun = new LocalTransaction(connection, dialect(), use, locks);
            transaction = begun;
            try {
                GuardRow row = work.run(begun);
                begun.completing(row);
                begun.finishWithoutCommit();
                returned = true;
                return true;
            } catch (RuntimeException | Error e) {
                thrown = e;
                throw e;
            } catch (Throwable e) {
                thrown = e;
                throw new IllegalStateException(e); // many would commit on a checked exception
            }
        }

        Ended ended(@Nullable Throwable fromCall) {
            LocalTransaction begun = transaction;
            if (returned && fromCall == null) {
                return Ended.COMMITTED;
            }
            Ended ended;
            if (returned) {
                ended = new Ended(Ended.Kind.UNKNOWN, fromCall);
            } else if (thrown instanceof GuardRefusedException refused) {
                ended = refused.ended();
            } else if (thrown != null) {
                ended = new Ended(Ended.Kind.ROLLED_BACK, thrown);
            } else {
                ended = new Ended(Ended.Kind.ROLLED_BACK, notRun(fromCall));
            }
            return begun == null ? ended : begun.end(ended);
        }

        private Throwable notRun(@Nullable Throwable fromCall) {
            return new ResourceUnavailableException(
                    "DTX-3001 LocalTransactions.call did not run " + use + ": " + Text.of(fromCall), fromCall);
        }
    }
}
