package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sees every entry of a log once, in order, and keeps in mind what became of each transaction, also when the state has let it go.
 * It is nobody's: no process can stop it, and none asks it.
 */
public final class LogWitness {

    private final CoordinatorState state;
    private final Consumer<String> complaints;
    private final Map<TransactionId, TransactionStatus> last = new HashMap<>();
    private final Set<TransactionId> open = new HashSet<>();
    private final Set<TransactionId> askedToCommit = new HashSet<>();

    /**
     * Begins with an empty log.
     *
     * @param complaints is told of what no log may say
     */
    public LogWitness(Limits limits, Consumer<String> complaints) {
        this.state = new CoordinatorState(limits);
        this.complaints = complaints;
    }

    /** Takes note of the next entry. */
    public void see(LogEntry entry) {
        Applied unused = state.apply(entry);
        for (SessionBatch batch : entry.batches()) {
            for (LogCommand command : batch.commands()) {
                if (command instanceof LogCommand.OnTransaction about) {
                    open.add(about.transaction());
                    if (command instanceof LogCommand.Decide decide && decide.outcome() == Outcome.COMMIT) {
                        askedToCommit.add(decide.transaction());
                    }
                    if (command instanceof LogCommand.RecordDecision decision) {
                        askedToCommit.add(decision.transaction());
                    }
                }
            }
        }
        open.removeIf(this::isOver);
    }

    /** Looks what has become of a transaction; returns whether nothing will any more. */
    private boolean isOver(TransactionId id) {
        TransactionState now = state.transaction(id);
        TransactionStatus before = last.get(id);
        if (now == null) {
            if (before != null && !before.isFinal()) {
                complaints.accept("left the log while it was " + before + ": " + id);
            }
            return true;
        }
        if (before != null && before.isFinal() && before != now.status()) {
            complaints.accept("was " + before + " and is " + now.status() + ": " + id);
        }
        if (now.status() == TransactionStatus.COMMITTED && !askedToCommit.contains(id)) {
            complaints.accept("committed, and nobody has asked for it: " + id);
        }
        last.put(id, now.status());
        return now.status().isFinal();
    }

    /** Returns what became of a transaction; empty if the log has never had it. */
    public Optional<TransactionStatus> outcome(TransactionId id) {
        return Optional.ofNullable(last.get(id));
    }

    /** Returns whether the log holds a session for open. */
    public boolean isOpen(long session) {
        SessionState seen = state.session(session);
        return seen != null && seen.isOpen();
    }
}
