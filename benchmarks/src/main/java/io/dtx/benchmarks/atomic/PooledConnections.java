package io.dtx.benchmarks.atomic;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.dtx.benchmarks.postgres.Effects;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.xa.PGXADataSource;

/**
 * A pool for each database, with the integration that it brings for Narayana: what an application has that uses both, and the
 * same pool as that of dtx, of the same size.
 */
final class PooledConnections implements Branches {

    private static final Duration ACQUISITION = Duration.ofSeconds(30);

    private final List<AgroalDataSource> pools = new ArrayList<>();

    PooledConnections(TransactionManager manager, Databases databases, int poolMax) throws SQLException {
        var synchronizations = new TransactionSynchronizationRegistryImple();
        for (String url : databases.urls()) {
            var integration = new NarayanaTransactionIntegration(manager, synchronizations, "pool" + pools.size());
            pools.add(AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(poolMax)
                            .acquisitionTimeout(ACQUISITION)
                            .recoveryEnable(false)
                            .transactionIntegration(integration)
                            .connectionFactoryConfiguration(
                                    factory -> factory.connectionProviderClass(PGXADataSource.class)
                                            .jdbcUrl(url)))));
        }
    }

    @Override
    public void add(int branch, int caller, int sequence) throws SQLException {
        try (Connection connection = pools.get(branch).getConnection()) {
            Effects.add(connection, caller, sequence);
        }
    }

    @Override
    public void close() {
        pools.forEach(AgroalDataSource::close);
        pools.clear();
    }
}
