package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.AtomicWorld.Branch;
import io.dtx.runtime.coordinator.AtomicWorld.Phase;
import io.dtx.runtime.coordinator.SagaWorld.Told;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.ClaimAction;
import io.dtx.runtime.protocol.LogCommand.ExpireSession;
import io.dtx.runtime.protocol.LogCommand.ForgetDecision;
import io.dtx.runtime.protocol.LogCommand.RecordDecision;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The world of one two-phase commit: prepares that arrive late, a decision whose answer is lost, a takeover that ends the
 * session first and then asks the resource managers what they hold.
 */
final class AtomicModel {

    private static final Limits LIMITS = new Limits(1 << 30, 1 << 30, 1 << 30, 1 << 20, 6_000);
    private static final long OWNER = 1;
    private static final long RECOVERER = 2;
    private static final byte[] RECORD = {3};

    private final TransactionId id = new TransactionId(0xC1L, OWNER, 1);
    private final TransitionCoverage coverage;
    private final Set<ModelBug> bugs;

    AtomicModel(TransitionCoverage coverage, ModelBug... bugs) {
        this.coverage = coverage;
        this.bugs = bugs.length == 0 ? Set.of() : EnumSet.copyOf(Arrays.asList(bugs));
    }

    AtomicWorld start() {
        return new AtomicWorld(this, LogState.start(LIMITS, id, 2));
    }

    void successors(AtomicWorld world, Explorer.Sink<AtomicWorld> sink) {
        deliver(world, sink);
        switch (world.phase) {
            case PREPARING -> prepare(world, sink);
            case DECIDING -> decide(world, sink);
            case COMMITTING -> commit(world, sink);
            case ROLLING_BACK -> rollBack(world, sink);
            case FORGETTING, ENDED -> {} // nothing more to do
        }
        for (int b = 0; b < 2; b++) {
            if ((world.preparesInFlight >> b & 1) != 0) {
                AtomicWorld next = world.copy();
                next.preparesInFlight &= ~(1 << b);
                next.branches[b] = Branch.PREPARED;
                sink.next("the late prepare of " + b + " arrives", true, next);
            }
        }
        recover(world, sink);
        if (!world.expired) {
            AtomicWorld next =
                    append(world, world.log.view.time(), new SessionBatch(0, 0, 0, List.of(new ExpireSession(OWNER))));
            next.expired = true;
            sink.next("owner expires", true, next);
        }
        if (world.log.nextDue != Long.MAX_VALUE) {
            AtomicWorld next = world.copy();
            next.log = world.log.append(world.log.nextDue, List.of(), coverage).after();
            sink.next("time passes", true, next);
        }
    }

    private void deliver(AtomicWorld world, Explorer.Sink<AtomicWorld> sink) {
        if (world.ownerSent != null && world.ownerAnswer == null) {
            LogState.Step step = world.log.append(world.log.view.time(), List.of(world.ownerSent), coverage);
            AtomicWorld next = world.copy();
            next.log = step.after();
            next.ownerAnswer = step.replies();
            sink.next("owner's " + world.ownerSent.commands().get(0).kind() + " in the log", false, next);
        }
        if (world.recovererSent != null) {
            AtomicWorld next = append(world, world.log.view.time(), world.recovererSent);
            next.recovererSent = null;
            sink.next("recoverer's command in the log", true, next);
        }
    }

    private AtomicWorld append(AtomicWorld world, long time, SessionBatch batch) {
        AtomicWorld next = world.copy();
        next.log = world.log.append(time, List.of(batch), coverage).after();
        return next;
    }

    private void prepare(AtomicWorld world, Explorer.Sink<AtomicWorld> sink) {
        int b = world.branches[0] == Branch.NONE ? 0 : 1;
        if (world.branches[b] != Branch.NONE) {
            send(world, Phase.DECIDING, new RecordDecision(id, "uid", 1, RECORD), sink);
            return;
        }
        AtomicWorld prepared = world.copy();
        prepared.branches[b] = Branch.PREPARED;
        sink.next("owner prepares " + b, false, prepared);
        AtomicWorld unanswered = world.copy();
        unanswered.preparesInFlight |= 1 << b;
        unanswered.phase = Phase.ROLLING_BACK;
        unanswered.told = Told.ABORTED;
        sink.next("owner gets no answer to the prepare of " + b, false, unanswered);
    }

    private void decide(AtomicWorld world, Explorer.Sink<AtomicWorld> sink) {
        if (bugs.contains(ModelBug.COMMIT_BEFORE_DECISION)) {
            AtomicWorld early = world.copy();
            early.branches[0] = Branch.COMMITTED;
            sink.next("owner commits before the decision", false, early);
        }
        if (bugs.contains(ModelBug.UNKNOWN_TOLD_AS_ABORT)) {
            AtomicWorld gaveUp = world.copy();
            gaveUp.phase = Phase.ROLLING_BACK;
            gaveUp.told = Told.ABORTED;
            sink.next("owner gives up waiting for the decision", false, gaveUp);
        }
        if (world.ownerSent == null || world.ownerAnswer == null) {
            return;
        }
        takeDecision(world, world.ownerAnswer.get(0), sink);
        takeDecision(world, world.log.answerAgain(world.ownerSent).get(0), sink);
    }

    private void takeDecision(AtomicWorld world, Reply reply, Explorer.Sink<AtomicWorld> sink) {
        AtomicWorld next = world.copy();
        next.ownerSent = null;
        next.ownerAnswer = null;
        boolean forgotten = reply.is(Reply.Kind.FORGOTTEN) && !bugs.contains(ModelBug.FORGOTTEN_TAKEN_FOR_FENCED);
        if (reply.is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY)) {
            next.told = Told.COMMITTED;
            next.phase = Phase.COMMITTING;
        } else {
            next.told = forgotten ? Told.UNKNOWN : Told.ABORTED;
            next.phase = forgotten ? Phase.ENDED : Phase.ROLLING_BACK;
        }
        sink.next("owner takes " + reply.kind(), false, next);
    }

    private void commit(AtomicWorld world, Explorer.Sink<AtomicWorld> sink) {
        for (int b = 0; b < 2; b++) {
            if (world.branches[b] == Branch.PREPARED) {
                AtomicWorld next = world.copy();
                next.branches[b] = Branch.COMMITTED;
                sink.next("owner commits " + b, false, next);
            }
        }
        if (world.ownerSent != null) {
            if (world.ownerAnswer != null) {
                AtomicWorld next = world.copy();
                next.ownerSent = null;
                next.ownerAnswer = null;
                sink.next("owner takes an answer", false, next);
            }
        } else if (world.all(Branch.COMMITTED) || bugs.contains(ModelBug.DECISION_FORGOTTEN_EARLY)) {
            send(world, Phase.FORGETTING, new ForgetDecision(id), sink);
        } else if (world.version == 1) {
            AtomicWorld newer = world.copy();
            newer.version = 2;
            send(newer, Phase.COMMITTING, new RecordDecision(id, "uid", 2, RECORD), sink);
        }
    }

    private static void rollBack(AtomicWorld world, Explorer.Sink<AtomicWorld> sink) {
        for (int b = 0; b < 2; b++) {
            if (world.branches[b] == Branch.PREPARED) {
                AtomicWorld next = world.copy();
                next.branches[b] = Branch.ROLLED_BACK;
                sink.next("owner rolls back " + b, false, next);
            }
        }
    }

    private void send(AtomicWorld world, Phase phase, LogCommand command, Explorer.Sink<AtomicWorld> sink) {
        AtomicWorld next = world.copy();
        next.phase = phase;
        next.ownerSent = new SessionBatch(OWNER, world.ownerLast + 1, 1, List.of(command));
        next.ownerAnswer = null;
        next.ownerLast++;
        sink.next("owner sends " + command.kind(), false, next);
    }

    /** Ends the session first; then reads what is prepared, asks the state, and acts on it at any later moment. */
    private void recover(AtomicWorld world, Explorer.Sink<AtomicWorld> sink) {
        boolean ended = !world.log.isOpen(OWNER) || bugs.contains(ModelBug.SCAN_BEFORE_EXPIRY);
        for (int b = 0; b < 2; b++) {
            if (world.verdicts[b] != Branch.NONE) {
                AtomicWorld next = world.copy();
                if (world.branches[b] == Branch.PREPARED) {
                    next.branches[b] = world.verdicts[b];
                }
                next.verdicts[b] = Branch.NONE;
                sink.next("recoverer ends " + b, true, next);
            } else if (ended && world.branches[b] == Branch.PREPARED) {
                AtomicWorld next = world.copy();
                next.verdicts[b] = world.log.tx != null ? Branch.COMMITTED : Branch.ROLLED_BACK;
                sink.next("recoverer finds " + b, true, next);
            }
        }
        if (world.recovererSent == null) {
            for (Action action : world.log.pending) {
                sendOfRecoverer(world, new ClaimAction(id, action.step(), action.attempt(), 1_000), sink);
            }
        }
        boolean open = world.log.tx != null && world.log.tx.status() != TransactionStatus.COMMITTED;
        if (ended && open && world.all(Branch.COMMITTED) && world.recovererSent == null) {
            sendOfRecoverer(world, new ForgetDecision(id), sink);
        }
    }

    private static void sendOfRecoverer(AtomicWorld world, LogCommand command, Explorer.Sink<AtomicWorld> sink) {
        AtomicWorld next = world.copy();
        next.recovererSent = new SessionBatch(RECOVERER, world.recovererLast + 1, 1, List.of(command));
        next.recovererLast++;
        sink.next("recoverer sends " + command.kind(), true, next);
    }
}
