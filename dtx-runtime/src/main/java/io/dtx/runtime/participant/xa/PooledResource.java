package io.dtx.runtime.participant.xa;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.dtx.DtxException;
import io.dtx.spi.XaSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** A database that takes part in ATOMIC transactions, behind a pool of connections of its own. */
final class PooledResource implements RegisteredResource {

    private static final Duration ACQUISITION = Duration.ofSeconds(30);

    private final String name;
    private final XADataSource source;
    private final DataSource dataSource = new AtomicDataSource(this);
    private volatile @Nullable OpenTransactions open;
    private volatile @Nullable AgroalDataSource pool;
    private volatile @Nullable String key;

    PooledResource(String name, XADataSource source) {
        this.name = name;
        this.source = source;
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
        return type.isInstance(dataSource) ? type.cast(dataSource) : null;
    }

    @Override
    public void start(OpenTransactions transactions, int poolMax) {
        String bridged = BridgedXaDataSource.register(source);
        key = bridged;
        open = transactions;
        try {
            pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(each -> each.maxSize(poolMax)
                            .acquisitionTimeout(ACQUISITION)
                            .recoveryEnable(false)
                            .transactionIntegration(new PooledEnlistment(name, () -> open))
                            .exceptionSorter(PooledResource::endsConnection)
                            .connectionFactoryConfiguration(
                                    factory -> factory.connectionProviderClass(BridgedXaDataSource.class)
                                            .xaProperty("key", bridged))));
        } catch (SQLException e) {
            throw new DtxException(null, "DTX-3501 resource \"" + name + "\": its pool cannot be opened", e);
        }
    }

    private static boolean endsConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P0"));
    }

    AgroalDataSource pool() {
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
