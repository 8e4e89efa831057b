package io.dtx.benchmarks.atomic;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.objectstore.StoreManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import io.dtx.benchmarks.cluster.IdealCluster;
import jakarta.transaction.TransactionManager;
import java.nio.file.Path;

/** The same transactions on Narayana, whose decisions go to an ideal log with two followers: {@link IdealStore}. */
final class IdealAtomic extends AtomicContender {

    private final IdealCluster log;
    private final TransactionManager manager;
    private final Branches branches;

    /** Takes Narayana of this process, and starts the log in the directory. */
    IdealAtomic(Path directory, int callers) throws Exception {
        super(callers, null);
        Store.prepare();
        log = new IdealCluster(directory);
        ObjectStoreEnvironmentBean none = new ObjectStoreEnvironmentBean();
        new StoreManager(new IdealStore(log), new VolatileStore(none), new VolatileStore(none));
        manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
        branches = new NoOpBranches(manager, ledger);
    }

    @Override
    public String name() {
        return "ideal, narayana";
    }

    @Override
    public void saga(int caller, int sequence) throws Exception {
        branches.commit(manager, caller, sequence);
    }

    @Override
    public long forces() {
        return log.forces();
    }

    @Override
    public long foreignCpuNanos() {
        return log.foreignCpuNanos();
    }

    @Override
    public void close() throws Exception {
        log.close();
    }
}
