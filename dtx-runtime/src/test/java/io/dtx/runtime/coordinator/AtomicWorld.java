package io.dtx.runtime.coordinator;

import static io.dtx.runtime.coordinator.LogInvariants.that;

import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.SagaWorld.Told;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of a model world of two-phase commit around a real coordinator state: a transaction manager, two resource
 * managers, and a process that recovers. Copied, then changed, then never changed again.
 */
final class AtomicWorld implements Explorer.World<AtomicWorld> {

    /** What a branch has become. */
    enum Branch {
        NONE,
        PREPARED,
        COMMITTED,
        ROLLED_BACK
    }

    /** What the transaction manager does. */
    enum Phase {
        PREPARING,
        DECIDING,
        COMMITTING,
        ROLLING_BACK,
        FORGETTING,
        ENDED
    }

    final AtomicModel model;
    LogState log;
    Phase phase = Phase.PREPARING;
    Told told = Told.NOTHING;
    final Branch[] branches;
    int preparesInFlight;
    long ownerLast;

    @Nullable
    SessionBatch ownerSent;

    @Nullable
    List<Reply> ownerAnswer;

    int version = 1;
    // The recovering process: what it read of each branch's fate, and is about to do.
    final Branch[] verdicts;
    long recovererLast;

    @Nullable
    SessionBatch recovererSent;

    boolean expired;

    AtomicWorld(AtomicModel model, LogState log) {
        this.model = model;
        this.log = log;
        branches = new Branch[] {Branch.NONE, Branch.NONE};
        verdicts = new Branch[] {Branch.NONE, Branch.NONE};
    }

    private AtomicWorld(AtomicWorld other) {
        model = other.model;
        log = other.log;
        phase = other.phase;
        told = other.told;
        branches = other.branches.clone();
        preparesInFlight = other.preparesInFlight;
        ownerLast = other.ownerLast;
        ownerSent = other.ownerSent;
        ownerAnswer = other.ownerAnswer;
        version = other.version;
        verdicts = other.verdicts.clone();
        recovererLast = other.recovererLast;
        recovererSent = other.recovererSent;
        expired = other.expired;
    }

    AtomicWorld copy() {
        return new AtomicWorld(this);
    }

    boolean all(Branch wanted) {
        return branches[0] == wanted && branches[1] == wanted;
    }

    boolean any(Branch wanted) {
        return branches[0] == wanted || branches[1] == wanted;
    }

    @Override
    public void successors(Explorer.Sink<AtomicWorld> sink) {
        model.successors(this, sink);
    }

    @Override
    public void check() {
        boolean recorded = log.last != null;
        that(
                !any(Branch.COMMITTED) || !any(Branch.ROLLED_BACK),
                "T1 atomic",
                "one branch committed, the other did not");
        that(
                !any(Branch.COMMITTED) || recorded,
                "T2 decision first",
                "a branch committed without a decision in the log");
        that(!recorded || !any(Branch.NONE), "T3 prepared first", "decided to commit what is not prepared");
        that(told != Told.COMMITTED || !any(Branch.ROLLED_BACK), "T6 told", "told committed, a branch is rolled back");
        that(told != Told.ABORTED || !any(Branch.COMMITTED), "T6 told", "told aborted, a branch is committed");
        boolean forgotten = log.tx != null && log.tx.status() == TransactionStatus.COMMITTED;
        that(!forgotten || all(Branch.COMMITTED), "T5 nothing forgotten early", "forgotten with a branch in doubt");
    }

    @Override
    public boolean isSettled() {
        boolean decided = log.tx != null && log.tx.status() != TransactionStatus.COMMITTED;
        return !decided && !any(Branch.PREPARED) && preparesInFlight == 0;
    }

    @Override
    public long fingerprint() {
        Fingerprint print = new Fingerprint().add(log.fingerprint());
        print.add(phase.name().hashCode())
                .add(told.name().hashCode())
                .add(preparesInFlight)
                .add(version);
        for (int b = 0; b < branches.length; b++) {
            print.add(branches[b].name().hashCode()).add(verdicts[b].name().hashCode());
        }
        print.add(ownerSent == null ? 0 : ownerSent.hashCode()).add(ownerAnswer == null ? 0 : ownerAnswer.hashCode());
        print.add(recovererSent == null ? 0 : recovererSent.hashCode())
                .add(ownerLast)
                .add(recovererLast);
        return print.add(expired ? 1 : 0).value();
    }
}
