package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.TransactionState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The link of a process that is alone with its log: the log is in this process, and nobody else writes it. */
final class OwnLog implements CoordinatorLink {

    private final CoordinatorLog log;
    private final StateReplica replica;
    private volatile @Nullable Listener listener;

    OwnLog(CoordinatorLog log, Limits limits) {
        this.log = log;
        this.replica = new StateReplica(limits, this::actionsPend);
    }

    @Override
    public void open(Listener listener) {
        this.listener = listener;
        log.start(replica);
    }

    @Override
    public long cluster() {
        return log.cluster();
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public List<List<Reply>> append(List<SessionBatch> batches) {
        return Objects.requireNonNull(replica.repliesTo(log.append(batches).join()));
    }

    @Override
    public long nextDue() {
        return replica.nextDue();
    }

    @Override
    public long time() {
        return log.time();
    }

    @Override
    public void keepAlive(long session) {}

    @Override
    public @Nullable TransactionState transaction(TransactionId id) {
        return replica.<@Nullable TransactionState>read(each -> each.transaction(id));
    }

    @Override
    public List<TransactionState> transactions() {
        return replica.read(CoordinatorState::view).transactionsInOrder();
    }

    @Override
    public List<TransactionState> decisions() {
        return replica.read(CoordinatorState::decisions);
    }

    @Override
    public OpenSessions openSessions() {
        return replica.openSessions();
    }

    @Override
    public List<Action> pendingActions(long session, int perLane) {
        return replica.read(each -> each.pendingActions(perLane));
    }

    @Override
    public byte[] read(Payload payload) {
        return log.read(payload);
    }

    @Override
    public void readBarrier() {
        log.readBarrier().join();
    }

    @Override
    public void close() {
        log.close();
    }

    private void actionsPend() {
        Listener told = listener;
        if (told != null) {
            told.actionsPend();
        }
    }
}
