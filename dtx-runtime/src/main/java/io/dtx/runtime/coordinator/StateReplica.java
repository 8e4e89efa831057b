package io.dtx.runtime.coordinator;

import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Reply;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The coordinator state behind a log in this process: the log drives it, any thread asks it. Thread-safe. */
class StateReplica implements Replica {

    private static final System.Logger LOG = System.getLogger(StateReplica.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Limits limits;
    private final Runnable whenActionsPend;
    private CoordinatorState state;
    private volatile long nextDue = Long.MAX_VALUE;
    private volatile Answered last = new Answered(0, List.of());

    private record Answered(long index, List<List<Reply>> replies) {}

    StateReplica(Limits limits, Runnable whenActionsPend) {
        this.limits = limits;
        this.whenActionsPend = whenActionsPend;
        this.state = new CoordinatorState(limits);
    }

    /** Asks the state something; the function must not keep it. */
    <T extends @Nullable Object> T read(Function<CoordinatorState, T> question) {
        lock.lock();
        try {
            return question.apply(state);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the sessions that are open now. */
    OpenSessions openSessions() {
        return read(each -> new OpenSessions(each.index(), List.copyOf(each.openSessions())));
    }

    /** Returns the log time of the next moment at which an empty entry would change something. */
    long nextDue() {
        return nextDue;
    }

    /** Returns the answers to the batches of an entry; null when it is not the one that was applied last. */
    @Nullable
    List<List<Reply>> repliesTo(long index) {
        Answered answered = last;
        return answered.index == index ? answered.replies : null;
    }

    @Override
    public void restore(Snapshot snapshot) {
        lock.lock();
        try {
            state = new CoordinatorState(limits);
            StateCodec.restore(snapshot, state);
            nextDue = state.nextDue();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onCommitted(LogEntry entry) {
        boolean pending;
        lock.lock();
        try {
            last = new Answered(entry.index(), state.apply(entry).replies());
            nextDue = state.nextDue();
            pending = state.hasPendingActions();
        } finally {
            lock.unlock();
        }
        if (pending) {
            whenActionsPend.run();
        }
    }

    @Override
    public Snapshot snapshot() {
        return StateCodec.snapshot(read(CoordinatorState::view));
    }

    @Override
    public void onLeader(long term) {}

    @Override
    public void onFollower() {}

    @Override
    public void onFailed(Throwable cause) {
        LOG.log(
                System.Logger.Level.ERROR,
                "DTX-7013 the coordinator log has stopped for good; nothing is begun or decided in this process any more."
                        + " Mend the cause and restart: recovery continues from what is durable.",
                cause);
    }
}
