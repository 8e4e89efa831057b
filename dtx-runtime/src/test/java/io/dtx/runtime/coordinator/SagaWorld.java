package io.dtx.runtime.coordinator;

import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One state of a model world around a real coordinator state: processes with what they know and have sent, a database with
 * guard rows and session rows, and the truth about effects. Copied, then changed, then never changed again.
 */
final class SagaWorld implements Explorer.World<SagaWorld> {

    static final byte NONE = 0;
    static final byte EFFECT = 1;
    static final byte TOMBSTONE = 2;

    static final byte ROW_ACTIVE = 1;
    static final byte ROW_FENCED = 2;

    /** What the caller of the saga was told. */
    enum Told {
        NOTHING,
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    /** What a process is doing. */
    enum Phase {
        NEXT,
        STARTING,
        RUNNING,
        UNANSWERED,
        CALLING,
        DECIDING,
        IDLE,
        CLAIMING,
        SETTLING,
        UNDOING,
        CALLED,
        REPORTING,
        REPLIED_WELL,
        REPLIED_BADLY,
        OPERATING
    }

    /** A unit of commands that a process has sent, and its answer once it was applied. */
    record Unit(SessionBatch batch, @Nullable List<Reply> answer, int hash) {
        Unit(SessionBatch batch, @Nullable List<Reply> answer) {
            this(batch, answer, batch.commands().hashCode() * 31 + (answer == null ? 0 : answer.hashCode()));
        }

        List<LogCommand> commands() {
            return batch.commands();
        }
    }

    /**
     * A process.
     *
     * @param slot the step that it works on; for the owner that starts nothing more: the number of slots
     * @param attempt of the claim that it works on
     * @param report what it has to say with its next unit, or null
     * @param sent the last unit, until its answer has been taken
     * @param last the number of the last command that was sent
     * @param sentAt the log time of the last sending
     */
    record Actor(
            Phase phase,
            int slot,
            int attempt,
            @Nullable LogCommand report,
            @Nullable Unit sent,
            long last,
            long sentAt) {

        Actor in(Phase next, int nextSlot) {
            return new Actor(next, nextSlot, attempt, report, sent, last, sentAt);
        }

        Actor answered() {
            return new Actor(phase, slot, attempt, report, null, last, sentAt);
        }

        Actor reporting(@Nullable LogCommand next) {
            return new Actor(phase, slot, attempt, next, sent, last, sentAt);
        }

        Actor sending(int process, List<LogCommand> commands, long time) {
            SessionBatch batch = new SessionBatch(process + 1, last + 1, 1, commands);
            return new Actor(phase, slot, attempt, null, new Unit(batch, null), last + commands.size(), time);
        }

        Actor working(int onSlot, int onAttempt) {
            return new Actor(Phase.SETTLING, onSlot, onAttempt, report, null, last, sentAt);
        }

        Actor applied(List<Reply> answer) {
            SessionBatch batch = Objects.requireNonNull(sent).batch();
            return new Actor(phase, slot, attempt, report, new Unit(batch, answer), last, sentAt);
        }
    }

    final SagaModel model;
    LogState log;
    Actor[] processes;
    byte[] doRows;
    byte[] undoRows;
    byte[] sessionRows;
    boolean lowRaised;
    boolean swept;
    int commitsInFlight; // by slot: of the process that executes it
    int callsInFlight; // by slot: external
    int[] undosInFlight; // by process, by slot
    byte[] done;
    byte[] undone;
    int seen; // by slot: what the owner's code took for done
    boolean gaveUp; // the owner stopped waiting for a call to another process
    Told told = Told.NOTHING;
    int expired; // by process
    int operations;

    SagaWorld(SagaModel model, LogState log, int processCount, int slots) {
        this.model = model;
        this.log = log;
        processes = new Actor[processCount];
        doRows = new byte[slots];
        undoRows = new byte[slots];
        sessionRows = new byte[processCount];
        undosInFlight = new int[processCount];
        done = new byte[slots];
        undone = new byte[slots];
    }

    private SagaWorld(SagaWorld other) {
        model = other.model;
        log = other.log;
        processes = other.processes.clone();
        doRows = other.doRows.clone();
        undoRows = other.undoRows.clone();
        sessionRows = other.sessionRows.clone();
        lowRaised = other.lowRaised;
        swept = other.swept;
        commitsInFlight = other.commitsInFlight;
        callsInFlight = other.callsInFlight;
        undosInFlight = other.undosInFlight.clone();
        done = other.done.clone();
        undone = other.undone.clone();
        seen = other.seen;
        gaveUp = other.gaveUp;
        told = other.told;
        expired = other.expired;
        operations = other.operations;
    }

    SagaWorld copy() {
        return new SagaWorld(this);
    }

    @Override
    public void successors(Explorer.Sink<SagaWorld> sink) {
        model.successors(this, sink);
    }

    @Override
    public void check() {
        SagaInvariants.check(this);
    }

    @Override
    public boolean isSettled() {
        TransactionState tx = log.tx;
        return tx == null || tx.status().isFinal() || tx.status() == TransactionStatus.PARKED;
    }

    boolean isOpen(int process) {
        return log.isOpen(process + 1L);
    }

    @Nullable
    StepState step(int slot) {
        return log.tx == null ? null : log.tx.step(model.number(slot));
    }

    @Nullable
    StepState lastStep(int slot) {
        return log.last == null ? null : log.last.step(model.number(slot));
    }

    @Override
    public long fingerprint() {
        long time = log.view.time();
        Fingerprint print = new Fingerprint().add(log.fingerprint());
        print.add(doRows).add(undoRows).add(done).add(undone);
        print.add(commitsInFlight).add(callsInFlight).add(seen).add(told.name().charAt(0));
        print.add((lowRaised ? 1 : 0) + (swept ? 2 : 0) + (gaveUp ? 4 : 0))
                .add(operations)
                .add(sessionRows[0]);
        // Two claimers that may do the same are interchangeable.
        long[] claimers = new long[model.claimers()];
        for (int i = 0; i < processes.length; i++) {
            long one = process(i, time);
            if (i >= 1 && i <= claimers.length) {
                claimers[i - 1] = one;
            } else {
                print.add(one);
            }
        }
        if (claimers.length == 2 && model.claimersAreAlike() && claimers[0] > claimers[1]) {
            long first = claimers[0];
            claimers[0] = claimers[1];
            claimers[1] = first;
        }
        for (long claimer : claimers) {
            print.add(claimer);
        }
        return print.value();
    }

    private long process(int i, long time) {
        Actor process = processes[i];
        Fingerprint print = new Fingerprint();
        print.add(process.phase().name().hashCode()).add(process.slot()).add(process.attempt());
        print.add(process.report() == null ? 0 : process.report().hashCode());
        print.add(expired >> i & 1).add(sessionRows[i]).add(undosInFlight[i]).add(isOpen(i) ? 1 : 0);
        Unit sent = process.sent();
        if (sent != null) {
            print.add(sent.hash()).add(sent.answer() == null ? 0 : 1);
        }
        if (process.phase() == Phase.RUNNING || process.phase() == Phase.STARTING) {
            print.add(Math.max(-model.budget(), process.sentAt() - time));
        }
        if (log.tx != null) {
            for (StepState step : log.tx.steps()) {
                print.add(step.claimer() == i + 1 ? step.number() : 0);
            }
        }
        return print.value();
    }
}
