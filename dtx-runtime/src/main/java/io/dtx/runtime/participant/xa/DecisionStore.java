package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.objectstore.ObjectStoreAPI;
import com.arjuna.ats.arjuna.objectstore.StateStatus;
import com.arjuna.ats.arjuna.state.InputObjectState;
import com.arjuna.ats.arjuna.state.OutputObjectState;
import com.arjuna.ats.internal.arjuna.common.UidHelper;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.participant.DecisionLog.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Narayana's object store over the coordinator log: a record that is written is a decision, one that is removed is forgotten.
 * It answers "written" when that is durable, "not written" when it certainly never will be, and else throws an error, never an
 * exception: Narayana takes exceptions for "not written" and rolls back. Thread-safe.
 */
final class DecisionStore implements ObjectStoreAPI {

    private final DecisionLog log;
    private final OpenTransactions open;

    DecisionStore(DecisionLog log, OpenTransactions open) {
        this.log = log;
        this.open = open;
    }

    @Override
    public String getStoreName() {
        return "dtx coordinator log";
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean write_committed(Uid uid, String type, OutputObjectState state) throws ObjectStoreException {
        OpenTransaction transaction = open.get(uid);
        if (transaction == null) {
            throw new ObjectStoreException(
                    "DTX-3529 transaction " + uid + " was not begun by dtx: it cannot commit more than"
                            + " one resource. Begin it with @DistributedTransaction(mode = ATOMIC).");
        }
        byte[] bytes = state.buffer();
        return transaction.decide(new DecisionRecord(transaction.stores(), type, bytes).encode());
    }

    @Override
    public boolean remove_committed(Uid uid, String type) {
        OpenTransaction transaction = open.get(uid);
        if (transaction != null) {
            transaction.forget();
            return true;
        }
        Decision decision = find(uid, type);
        if (decision != null) {
            log.forget(decision.transaction());
        }
        return decision != null;
    }

    @Override
    public @Nullable InputObjectState read_committed(Uid uid, String type) {
        Decision decision = find(uid, type);
        return decision == null
                ? null
                : new InputObjectState(
                        uid, type, DecisionRecord.decode(log.read(decision)).bytes());
    }

    @Override
    public int currentState(Uid uid, String type) {
        return find(uid, type) == null ? StateStatus.OS_UNKNOWN : StateStatus.OS_COMMITTED;
    }

    @Override
    public boolean isType(Uid uid, String type, int state) {
        return currentState(uid, type) == state;
    }

    @Override
    public boolean allObjUids(String type, InputObjectState found, int match) throws ObjectStoreException {
        return allObjUids(type, found);
    }

    @Override
    public boolean allObjUids(String type, InputObjectState found) throws ObjectStoreException {
        OutputObjectState packed = new OutputObjectState();
        try {
            for (Decision each : log.decisions()) {
                if (DecisionRecord.decode(log.read(each)).isOf(type)) {
                    UidHelper.packInto(new Uid(each.uid()), packed);
                }
            }
            UidHelper.packInto(Uid.nullUid(), packed);
        } catch (IOException e) {
            throw new ObjectStoreException(e.toString());
        }
        found.setBuffer(packed.buffer());
        return true;
    }

    @Override
    public boolean allTypes(InputObjectState found) throws ObjectStoreException {
        Set<String> types = new TreeSet<>();
        log.decisions()
                .forEach(each -> types.add(DecisionRecord.decode(log.read(each)).type()));
        List<String> names = new ArrayList<>(types);
        names.add("");
        OutputObjectState packed = new OutputObjectState();
        try {
            for (String each : names) {
                packed.packString(each);
            }
        } catch (IOException e) {
            throw new ObjectStoreException(e.toString());
        }
        found.setBuffer(packed.buffer());
        return true;
    }

    private @Nullable Decision find(Uid uid, String type) {
        String name = uid.stringForm();
        for (Decision each : log.decisions()) {
            if (each.uid().equals(name) && DecisionRecord.decode(log.read(each)).isOf(type)) {
                return each;
            }
        }
        return null;
    }

    @Override
    public void sync() {}

    /** What is written is committed at once: there is nothing between. */
    @Override
    public boolean fullCommitNeeded() {
        return false;
    }

    @Override
    public boolean commit_state(Uid uid, String type) throws ObjectStoreException {
        throw unsupported();
    }

    @Override
    public InputObjectState read_uncommitted(Uid uid, String type) throws ObjectStoreException {
        throw unsupported();
    }

    @Override
    public boolean remove_uncommitted(Uid uid, String type) throws ObjectStoreException {
        throw unsupported();
    }

    @Override
    public boolean write_uncommitted(Uid uid, String type, OutputObjectState state) throws ObjectStoreException {
        throw unsupported();
    }

    @Override
    public boolean hide_state(Uid uid, String type) throws ObjectStoreException {
        throw unsupported();
    }

    @Override
    public boolean reveal_state(Uid uid, String type) throws ObjectStoreException {
        throw unsupported();
    }

    private static ObjectStoreException unsupported() {
        return new ObjectStoreException("DTX-3530 the log keeps decisions only");
    }
}
