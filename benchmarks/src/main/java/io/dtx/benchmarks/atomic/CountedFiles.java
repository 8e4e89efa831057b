package io.dtx.benchmarks.atomic;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.state.OutputObjectState;
import com.arjuna.ats.internal.arjuna.objectstore.ShadowNoFileLockStore;
import java.util.concurrent.atomic.LongAdder;

/** Narayana's default store, which forces a file for each decision, and the number of decisions. */
public final class CountedFiles extends ShadowNoFileLockStore {

    static final LongAdder WRITES = new LongAdder();

    /** Is made by Narayana. */
    public CountedFiles(ObjectStoreEnvironmentBean settings) throws ObjectStoreException {
        super(settings);
    }

    @Override
    public boolean write_committed(Uid uid, String type, OutputObjectState state) throws ObjectStoreException {
        WRITES.increment();
        return super.write_committed(uid, type, state);
    }
}
