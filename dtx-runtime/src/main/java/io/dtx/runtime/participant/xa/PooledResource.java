package io.dtx.runtime.participant.xa;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.dtx.DtxException;
import io.dtx.StepContext;
import io.dtx.runtime.participant.OnePhaseGuard;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.participant.TwoPhaseCommit.Database;
import io.dtx.spi.Contexts;
import io.dtx.spi.XaSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongPredicate;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that takes part in ATOMIC transactions, behind a pool of connections of its own; outside of them its connections are
 * plain ones.
 */
final class PooledResource implements RegisteredResource {

    private static final Duration ACQUISITION = Duration.ofSeconds(30);

    private final String name;
    private final XADataSource source;
    private final Database database;
    private final PooledEnlistment enlistment;
    private volatile @Nullable OpenTransactions open;
    private volatile @Nullable OnePhaseGuard guard;
    private volatile @Nullable AgroalDataSource pool;
    private volatile @Nullable String key;

    PooledResource(String name, XADataSource source) {
        this.name = name;
        this.source = source;
        this.enlistment = new PooledEnlistment(name, () -> open, () -> guard);
        this.database = new Database(
                new ConnectionSource(name, this::joined),
                new ConnectionSource(name, this::apart),
                new ConnectionSource(name, () -> FreshConnection.open(source)));
    }

    /** Returns where its connections come from. */
    Database database() {
        return database;
    }

    private Connection joined() throws SQLException {
        StepContext step = Contexts.step();
        if (step != null) {
            throw new SQLException("DTX-3536 step " + step.stepName() + " uses resource \"" + name
                    + "\" without being one of it, so nothing would undo what it does there: set resource = \"" + name
                    + "\" on the step.");
        }
        return pool().getConnection();
    }

    /** A local transaction that got the connection of the thread's ATOMIC transaction would commit what that has done. */
    private Connection apart() throws SQLException {
        OpenTransaction transaction = enlistment.current();
        if (transaction != null) {
            throw new SQLException("DTX-3549 a local transaction of resource \"" + name + "\" was to begin on thread "
                    + Text.line(Thread.currentThread().getName()) + ", which is in ATOMIC transaction "
                    + transaction.id() + ": call what needs it from another thread, or after the transaction.");
        }
        return pool().getConnection();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public XaSource source() {
        return () -> JdbcConnection.open(source);
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        return type.isInstance(database.joined()) ? type.cast(database.joined()) : null;
    }

    @Override
    public void connect(int poolMax) {
        String bridged = BridgedXaDataSource.register(source);
        key = bridged;
        try {
            pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(each -> each.maxSize(poolMax)
                            .acquisitionTimeout(ACQUISITION)
                            .recoveryEnable(false)
                            .transactionIntegration(enlistment)
                            .exceptionSorter(PooledResource::endsConnection)
                            .connectionFactoryConfiguration(
                                    factory -> factory.connectionProviderClass(BridgedXaDataSource.class)
                                            .xaProperty("key", bridged))));
        } catch (SQLException e) {
            throw new DtxException(null, "DTX-3501 resource \"" + name + "\": its pool cannot be opened", e);
        }
    }

    @Override
    public void start(OpenTransactions transactions, @Nullable OnePhaseGuard onePhaseGuard) {
        guard = onePhaseGuard;
        open = transactions;
    }

    @Override
    public void fenceEnded(LongPredicate isOpen) {
        OnePhaseGuard present = guard;
        if (present != null) {
            present.fenceEnded(isOpen);
        }
    }

    private static boolean endsConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P0"));
    }

    private AgroalDataSource pool() {
        AgroalDataSource present = pool;
        if (present == null) {
            throw new IllegalStateException("DTX-1004 dtx has not been started: call dtx.start() first.");
        }
        return present;
    }

    @Override
    public void close() {
        AgroalDataSource present = pool;
        if (present != null) {
            present.close();
        }
        String bridged = key;
        if (bridged != null) {
            BridgedXaDataSource.forget(bridged);
        }
    }
}
