package io.dtx.benchmarks.atomic;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.state.OutputObjectState;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import io.dtx.benchmarks.log.AppendLog;
import io.dtx.benchmarks.log.Payloads;
import java.io.IOException;
import java.util.Arrays;

/**
 * An object store that does no more than it must: it appends each decision to a log, with as many bytes as dtx does, and waits.
 * It finds nothing again, and forgets at no cost.
 */
final class IdealStore extends VolatileStore {

    private static final int BYTES = Payloads.ofDecision();

    private final AppendLog log;

    IdealStore(AppendLog log) throws ObjectStoreException {
        super(new ObjectStoreEnvironmentBean());
        this.log = log;
    }

    @Override
    public boolean write_committed(Uid uid, String type, OutputObjectState state) throws ObjectStoreException {
        try {
            log.append(Arrays.copyOf(state.buffer(), BYTES));
            return true;
        } catch (IOException e) {
            throw new ObjectStoreException("the ideal log has stopped", e);
        }
    }

    @Override
    public boolean remove_committed(Uid uid, String type) {
        return true;
    }
}
