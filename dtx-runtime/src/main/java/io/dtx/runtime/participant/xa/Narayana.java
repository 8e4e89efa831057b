package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.common.CoordinatorEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.common.recoveryPropertyManager;
import com.arjuna.ats.arjuna.coordinator.TxControl;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.objectstore.ObjectStoreAPI;
import com.arjuna.ats.arjuna.objectstore.StoreManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.arjuna.recovery.PeriodicRecovery;
import com.arjuna.ats.internal.arjuna.utils.UuidProcessId;
import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import io.agroal.api.AgroalDataSource;
import io.dtx.DtxException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.tm.XAResourceWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Narayana's settings and stores, which are static: one user at a time in a JVM. Nothing of it writes files or opens ports.
 */
final class Narayana {

    private static final String UNUSED = "1"; // the node's name while nobody has set one
    private static final String UNUSED_DIRECTORY = "PutObjectStoreDirHere"; // as its own configuration file has it
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static @Nullable Object holder; // whose it is, under the lock

    private Narayana() {}

    /** Throws {@link NoClassDefFoundError} now if it would be thrown later. */
    static void requireClasses() {
        Objects.requireNonNull(TransactionManager.class.getName());
        Objects.requireNonNull(XAResourceWrapper.class.getName());
        Objects.requireNonNull(AgroalDataSource.class.getName());
        Objects.requireNonNull(jakarta.transaction.TransactionManager.class.getName());
    }

    /**
     * Takes Narayana for a user, until it is given back.
     *
     * @param node what every global transaction id ends with
     * @return whether it was free
     * @throws DtxException if somebody else has configured it
     */
    static boolean take(Object user, String node) {
        LOCK.lock();
        try {
            if (holder != null) {
                return false;
            }
            refuseForeign();
            configure(node);
            holder = user;
            return true;
        } catch (CoreEnvironmentBeanException e) {
            throw new IllegalStateException("DTX-3516 Narayana refuses the node name " + node, e);
        } finally {
            LOCK.unlock();
        }
    }

    /** Taking Narayana over from a container would take the container's transactions their log away. */
    private static void refuseForeign() {
        String sign = signOfForeign();
        if (sign != null) {
            throw new DtxException(
                    null,
                    "DTX-3516 Narayana already serves somebody else in this JVM, " + sign
                            + ": a container that brings its own transaction manager, or a library that has configured"
                            + " it. ATOMIC is not supported there: run it in a JVM of its own, or use sagas.",
                    null);
        }
    }

    /** Returns what somebody else has changed or begun, or null: many leave the node's name as it is, for each cluster has its own. */
    private static @Nullable String signOfForeign() {
        String node = arjPropertyManager.getCoreEnvironmentBean().getNodeIdentifier();
        if (node != null && !node.equals(UNUSED)) {
            return "as node \"" + node + "\"";
        }
        ObjectStoreEnvironmentBean untouched = new ObjectStoreEnvironmentBean();
        ObjectStoreEnvironmentBean present = arjPropertyManager.getObjectStoreEnvironmentBean();
        String directory = present.getObjectStoreDir();
        if (!Set.of(untouched.getObjectStoreDir(), UNUSED_DIRECTORY).contains(directory)) {
            return "with its log in " + directory;
        }
        if (!untouched.getObjectStoreType().equals(present.getObjectStoreType())) {
            return "with a log of type " + present.getObjectStoreType();
        }
        boolean recovers = Thread.getAllStackTraces().keySet().stream().anyMatch(PeriodicRecovery.class::isInstance);
        return recovers ? "for its recovery runs" : null;
    }

    private static void configure(String node) throws CoreEnvironmentBeanException {
        CoreEnvironmentBean core = arjPropertyManager.getCoreEnvironmentBean();
        core.setProcessImplementation(new UuidProcessId());
        CoordinatorEnvironmentBean coordinator = arjPropertyManager.getCoordinatorEnvironmentBean();
        coordinator.setTransactionStatusManagerEnable(false);
        // The last branch after read-only ones is prepared and decided like any other: one that commits in one phase
        // without having been foreseen could not be found again.
        coordinator.setDynamic1PC(false);
        recoveryPropertyManager.getRecoveryEnvironmentBean().setRecoveryListener(false);
        jtaPropertyManager
                .getJTAEnvironmentBean()
                .setXaResourceRecordWrappingPluginClassName(ResourceNames.class.getName());
        TxControl.setXANodeName(node); // a later user of the same JVM: the settings were read before
        core.setNodeIdentifier(node); // last: what fails before must not look like somebody else's the next time
    }

    /** Branches are named after this node from now on, unless Narayana is somebody else's by now. */
    static void rename(Object user, String node) {
        LOCK.lock();
        try {
            if (holder == user) {
                TxControl.setXANodeName(node);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Lets Narayana write its records to this store. */
    static void use(ObjectStoreAPI records) {
        try {
            StoreManager.shutdown();
            ObjectStoreEnvironmentBean volatileStores = new ObjectStoreEnvironmentBean();
            new StoreManager(records, new VolatileStore(volatileStores), new VolatileStore(volatileStores));
        } catch (ObjectStoreException e) {
            throw new IllegalStateException("DTX-3516 Narayana refuses its stores", e);
        }
    }

    /**
     * Gives Narayana back. Its stores stay until the next user brings others: what still runs would else write its decision into
     * a store of Narayana's own, which nobody reads.
     */
    static void giveBack(Object user) {
        LOCK.lock();
        try {
            if (holder == user) {
                arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier(UNUSED);
                holder = null;
            }
        } catch (CoreEnvironmentBeanException e) {
            throw new IllegalStateException("DTX-3516 Narayana refuses the node name " + UNUSED, e);
        } finally {
            LOCK.unlock();
        }
    }
}
