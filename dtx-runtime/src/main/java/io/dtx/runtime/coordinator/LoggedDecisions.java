package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.participant.DecisionUnknownError;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Heuristic;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

/** The decisions of this process's session in the coordinator log. What is forgotten rides with the next decision. */
public final class LoggedDecisions implements DecisionLog {

    private static final System.Logger LOG = System.getLogger(LoggedDecisions.class.getName());
    private static final int RIDERS_MAX = 128; // half of what goes over a network at once is left to the decision

    private final Coordinator coordinator;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<TransactionId> forgotten = new LinkedHashSet<>(); // not appended yet

    /** Records in this coordinator's log, once its session is open. */
    public LoggedDecisions(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public boolean record(TransactionId transaction, String uid, int version, byte[] bytes) {
        List<LogCommand> commands = takeForgotten();
        commands.add(new LogCommand.RecordDecision(transaction, uid, version, bytes));
        Reply reply;
        try {
            List<Reply> replies = coordinator.submit(commands, true).join();
            reply = replies.get(replies.size() - 1);
        } catch (CoordinatorStoppedException e) {
            throw new DecisionUnknownError(
                    "DTX-3520 the log has stopped while " + transaction
                            + " was decided; whoever opens it next ends it.",
                    e);
        }
        return switch (reply.kind()) {
            case ACCEPTED, ALREADY -> true;
            case FENCED, REJECTED -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "DTX-3521 the log refused the decision to commit " + transaction + ", which is rolled back: "
                                + reply.kind() + " " + reply.code());
                yield false;
            }
            case FORGOTTEN, GAP ->
                throw new DecisionUnknownError(
                        "DTX-3522 the log does not know the session of " + transaction + " any more: " + reply.kind(),
                        new IllegalStateException(reply.toString()));
        };
    }

    @Override
    public boolean recordHeuristic(TransactionId transaction, String resource, Heuristic ending, String reason) {
        LogCommand command = new LogCommand.RecordHeuristic(transaction, resource, ending, reason);
        try {
            Reply reply = coordinator.submit(List.of(command), true).join().get(0);
            return reply.is(Reply.Kind.ACCEPTED) || reply.is(Reply.Kind.ALREADY);
        } catch (CoordinatorStoppedException e) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-3520 the log has stopped", e);
            return false;
        }
    }

    @Override
    public void forget(TransactionId transaction) {
        boolean full;
        lock.lock();
        try {
            forgotten.add(transaction);
            full = forgotten.size() >= RIDERS_MAX;
        } finally {
            lock.unlock();
        }
        if (full) {
            List<LogCommand> commands = takeForgotten();
            if (!commands.isEmpty()) {
                coordinator.submit(commands, false);
            }
        }
    }

    @Override
    public void flush() {
        for (List<LogCommand> commands = takeForgotten(); !commands.isEmpty(); commands = takeForgotten()) {
            coordinator.submit(commands, true).join();
        }
    }

    private List<LogCommand> takeForgotten() {
        List<LogCommand> commands = new ArrayList<>(2);
        lock.lock();
        try {
            Iterator<TransactionId> each = forgotten.iterator();
            while (each.hasNext() && commands.size() < RIDERS_MAX) {
                commands.add(new LogCommand.ForgetDecision(each.next()));
                each.remove();
            }
        } finally {
            lock.unlock();
        }
        return commands;
    }

    @Override
    public List<Decision> decisions() {
        coordinator.readBarrier();
        List<Decision> open = new ArrayList<>();
        for (TransactionState each : coordinator.decisions()) {
            TransactionState.DecisionRecord record = each.record();
            if (record != null) {
                open.add(new Decision(each.id(), record.uid(), record.version(), record.bytes()));
            }
        }
        lock.lock();
        try {
            open.removeIf(each -> forgotten.contains(each.transaction()));
        } finally {
            lock.unlock();
        }
        return open;
    }

    @Override
    public boolean isCommitted(TransactionId transaction) {
        TransactionState known = coordinator.transaction(transaction);
        return known != null // it is there from its decision on, or because of a heuristic outcome
                && known.mode() == TransactionMode.ATOMIC
                && known.decision() != null
                && known.decision().outcome() == LogCommand.Outcome.COMMIT;
    }

    @Override
    public byte[] read(Decision decision) {
        return coordinator.read(decision.bytes());
    }

    @Override
    public LongPredicate openSessions() {
        OpenSessions known = coordinator.openSessions();
        return session -> known.contains(session)
                || session > known.index(); // opened since: nobody has ended it as far as we know
    }

    @Override
    public void whenSessionsChange(Runnable wake) {
        coordinator.whenSessionsChange(wake);
    }
}
