package io.dtx.benchmarks.atomic;

import com.arjuna.ats.arjuna.common.CoordinatorEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.arjuna.objectstore.hornetq.HornetqJournalEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.hornetq.HornetqObjectStoreAdaptor;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import java.nio.file.Path;

/** Where Narayana keeps its decisions. */
enum Store {
    /** What it takes by itself: a file for each decision, forced when it is written. */
    FILES {
        @Override
        String configure(Path directory) {
            return CountedFiles.class.getName();
        }
    },
    /** The journal of Artemis, with the settings under which it is fastest. */
    JOURNAL {
        @Override
        String configure(Path directory) {
            HornetqJournalEnvironmentBean journal =
                    BeanPopulator.getDefaultInstance(HornetqJournalEnvironmentBean.class);
            journal.setStoreDir(directory.resolve("journal").toString());
            journal.setAsyncIO(false);
            journal.setBufferFlushesPerSecond(2_000);
            journal.setSyncDeletes(false);
            journal.setMaxIO(1);
            return HornetqObjectStoreAdaptor.class.getName();
        }
    };

    abstract String configure(Path directory);

    /** Makes it the one of this process, before Narayana is used. */
    void use(Path directory) throws CoreEnvironmentBeanException {
        prepare();
        ObjectStoreEnvironmentBean decisions = BeanPopulator.getDefaultInstance(ObjectStoreEnvironmentBean.class);
        decisions.setObjectStoreDir(directory.resolve("decisions").toString());
        decisions.setObjectStoreType(configure(directory));
        for (String other : new String[] {"communicationStore", "stateStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, other)
                    .setObjectStoreType(VolatileStore.class.getName());
        }
    }

    /** Gives Narayana a name, and keeps it from what is not measured. */
    static void prepare() throws CoreEnvironmentBeanException {
        BeanPopulator.getDefaultInstance(CoreEnvironmentBean.class).setNodeIdentifier("measured");
        BeanPopulator.getDefaultInstance(CoordinatorEnvironmentBean.class).setTransactionStatusManagerEnable(false);
    }
}
