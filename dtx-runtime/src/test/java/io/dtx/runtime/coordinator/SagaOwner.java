package io.dtx.runtime.coordinator;

import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.SagaBounds.Option;
import io.dtx.runtime.coordinator.SagaWorld.Actor;
import io.dtx.runtime.coordinator.SagaWorld.Phase;
import io.dtx.runtime.coordinator.SagaWorld.Told;
import io.dtx.runtime.coordinator.SagaWorld.Unit;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Decide;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The process that runs the orchestrating method, call by call. */
final class SagaOwner {

    private static final int OWNER = SagaModel.OWNER;

    private final SagaModel model;

    SagaOwner(SagaModel model) {
        this.model = model;
    }

    void successors(SagaWorld world, Explorer.Sink<SagaWorld> sink) {
        Actor owner = world.processes[OWNER];
        switch (owner.phase()) {
            case NEXT -> next(world, owner, sink);
            case STARTING -> starting(world, owner, sink);
            case RUNNING -> running(world, owner, sink);
            case UNANSWERED -> unanswered(world, owner, sink);
            case CALLING -> calling(world, owner, sink);
            case DECIDING -> deciding(world, owner, sink);
            default -> {} // it compensates, or has ended
        }
    }

    /** Between two calls. */
    private void next(SagaWorld world, Actor owner, Explorer.Sink<SagaWorld> sink) {
        LogCommand begin = owner.last() == 0 ? model.begin() : null;
        int slot = owner.slot();
        if (slot == model.slots()) {
            Decide commit = new Decide(model.id, Outcome.COMMIT, "", Integer.bitCount(world.seen));
            send(world, owner.in(Phase.DECIDING, slot), SagaModel.unit(begin, owner.report(), commit), "commits", sink);
        } else if (model.kind(slot) == 'R') {
            List<LogCommand> unit = SagaModel.unit(begin, owner.report());
            if (unit.isEmpty()) {
                SagaWorld called = world.copy();
                called.processes[OWNER] = owner.in(Phase.CALLING, slot);
                called.processes[model.executor] = world.processes[model.executor].in(Phase.CALLED, slot);
                sink.next("owner calls the executor", false, called);
            } else {
                send(world, owner.in(Phase.STARTING, slot), unit, "sends", sink);
            }
        } else {
            List<LogCommand> unit = SagaModel.unit(begin, owner.report(), model.startStep(slot));
            send(world, owner.in(Phase.STARTING, slot), unit, "starts " + slot, sink);
        }
        if (begin == null && model.bounds.may(Option.ABORTS)) {
            abort(world, owner, owner.report(), sink);
        }
    }

    private void starting(SagaWorld world, Actor owner, Explorer.Sink<SagaWorld> sink) {
        int slot = owner.slot();
        if (model.has(ModelBug.INTENT_NOT_AWAITED) && world.done[slot] == 0 && !model.isExternal(slot)) {
            SagaWorld early = world.copy();
            model.commitStep(early, slot);
            sink.next("owner commits without intent", false, early);
        }
        for (List<Reply> answer : model.answers(world, OWNER)) {
            SagaWorld next = world.copy();
            Actor answered = owner.answered();
            boolean started = answer.stream()
                    .allMatch(reply -> reply.is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY)
                            && reply.status() == TransactionStatus.ACTIVE);
            if (started) {
                next.processes[OWNER] = answered.in(model.kind(slot) == 'R' ? Phase.NEXT : Phase.RUNNING, slot);
            } else {
                boolean unknown = answer.stream().anyMatch(reply -> reply.is(Reply.Kind.FORGOTTEN));
                end(next, answered, unknown ? Told.UNKNOWN : Told.ABORTED);
            }
            sink.next("owner takes an answer", false, next);
        }
    }

    private void running(SagaWorld world, Actor owner, Explorer.Sink<SagaWorld> sink) {
        int slot = owner.slot();
        if (model.bounds.may(Option.STEP_FAILS)) {
            withoutEffect(world, owner, slot, sink);
        }
        if (model.isExternal(slot)) {
            runExternal(world, owner, slot, sink);
            return;
        }
        SagaWorld next = world.copy();
        boolean committed = model.commitStep(next, slot);
        if (committed || next.doRows[slot] == SagaWorld.EFFECT) {
            succeed(next, owner, slot, model.finishStep(slot));
            sink.next("owner commits " + slot, false, next);
        } else {
            abort(world, owner, model.failStep(slot, false), sink);
        }
        if (model.bounds.may(Option.COMMIT_UNANSWERED)) {
            SagaWorld unanswered = world.copy();
            unanswered.commitsInFlight |= 1 << slot;
            unanswered.processes[OWNER] = owner.in(Phase.UNANSWERED, slot);
            sink.next("owner gets no answer to the commit of " + slot, false, unanswered);
        }
    }

    private void runExternal(SagaWorld world, Actor owner, int slot, Explorer.Sink<SagaWorld> sink) {
        if (world.log.view.time() >= owner.sentAt() + SagaModel.BUDGET) {
            abort(world, owner, model.failStep(slot, false), sink); // too late to call
            return;
        }
        SagaWorld next = world.copy();
        next.done[slot]++;
        SagaInvariants.effect(next, slot);
        succeed(next, owner, slot, model.finishStep(slot));
        sink.next("owner calls " + slot, false, next);
        if (model.bounds.may(Option.COMMIT_UNANSWERED)) {
            SagaWorld unanswered = world.copy();
            unanswered.callsInFlight |= 1 << slot;
            boolean doubt = !model.has(ModelBug.DOUBT_TAKEN_FOR_FAILURE);
            abort(unanswered, owner, model.failStep(slot, doubt), sink);
        }
    }

    private void unanswered(SagaWorld world, Actor owner, Explorer.Sink<SagaWorld> sink) {
        int slot = owner.slot();
        if (model.has(ModelBug.DOUBT_TAKEN_FOR_FAILURE)) {
            withoutEffect(world, owner, slot, sink);
            return;
        }
        SagaWorld next = world.copy();
        byte row = model.has(ModelBug.OWNER_READS_INSTEAD_OF_SETTLING)
                ? (byte) Math.max(SagaWorld.TOMBSTONE * (1 - world.doRows[slot]), world.doRows[slot])
                : model.settle(next, OWNER, slot);
        if (row == SagaWorld.EFFECT) {
            succeed(next, owner, slot, model.finishStep(slot));
            sink.next("owner settles " + slot + ": done", false, next);
        } else if (row == SagaWorld.TOMBSTONE) {
            withoutEffect(next, owner, slot, sink);
        }
        abort(world, owner, model.failStep(slot, true), sink);
    }

    private void calling(SagaWorld world, Actor owner, Explorer.Sink<SagaWorld> sink) {
        Actor executor = world.processes[model.executor];
        int slot = owner.slot();
        if (executor.phase() == Phase.REPLIED_WELL) {
            SagaWorld next = world.copy();
            next.processes[model.executor] = executor.in(Phase.IDLE, 0);
            succeed(next, owner, slot, null);
            sink.next("owner takes the executor's result", false, next);
        } else if (executor.phase() == Phase.REPLIED_BADLY) {
            SagaWorld next = world.copy();
            next.processes[model.executor] = executor.in(Phase.IDLE, 0);
            abort(next, owner, null, sink);
        }
        if (!world.isOpen(model.executor)) {
            settleForExecutor(world, owner, slot, sink);
        }
        SagaWorld lost = world.copy();
        lost.gaveUp = true;
        abort(lost, owner, null, sink);
        if (model.bounds.may(Option.GOES_ON)) {
            SagaWorld next = lost.copy();
            next.processes[OWNER] = owner.in(Phase.NEXT, slot + 1);
            sink.next("owner goes on without the executor's reply", false, next);
        }
    }

    /** The executor's session has ended: the owner finds out what its step did, and reports in its place. */
    private void settleForExecutor(SagaWorld world, Actor owner, int slot, Explorer.Sink<SagaWorld> sink) {
        if (world.step(slot) == null) {
            return;
        }
        SagaWorld next = world.copy();
        byte row = model.settle(next, OWNER, slot);
        if (row == SagaWorld.EFFECT) {
            succeed(next, owner, slot, model.finishStep(slot));
            sink.next("owner settles for the executor: done", false, next);
        } else if (row == SagaWorld.TOMBSTONE) {
            abort(next, owner, model.failStep(slot, false), sink);
        }
    }

    private void deciding(SagaWorld world, Actor owner, Explorer.Sink<SagaWorld> sink) {
        if (model.has(ModelBug.UNKNOWN_TOLD_AS_ABORT)) {
            SagaWorld next = world.copy();
            end(next, owner, Told.ABORTED);
            sink.next("owner gives up waiting for the decision", false, next);
        }
        Unit sent = owner.sent();
        for (List<Reply> answer : model.answers(world, OWNER)) {
            int place = sent == null ? -1 : placeOfDecide(sent);
            if (sent == null || place < 0) {
                continue;
            }
            SagaWorld next = world.copy();
            Reply decided = answer.get(place);
            boolean commit = ((Decide) sent.commands().get(place)).outcome() == Outcome.COMMIT;
            if (decided.is(Reply.Kind.REJECTED) && commit) {
                if (!world.gaveUp) {
                    throw new Explorer.Violation("C no phantom failure", "everything succeeded, and " + decided);
                }
                abort(next, owner.answered(), null, sink);
                continue;
            }
            Told told = decided.is(Reply.Kind.FORGOTTEN)
                    ? Told.UNKNOWN
                    : decided.status() == TransactionStatus.COMMITTED ? Told.COMMITTED : Told.ABORTED;
            end(next, owner.answered(), told);
            if (place + 1 < sent.commands().size()
                    && answer.get(place + 1).is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY)) {
                LogCommand.ClaimAction claim =
                        (LogCommand.ClaimAction) sent.commands().get(place + 1);
                next.processes[OWNER] = next.processes[OWNER].working(model.slotOf(claim.step()), claim.attempt());
            }
            sink.next("owner takes an answer", false, next);
        }
    }

    private static int placeOfDecide(Unit unit) {
        for (int i = 0; i < unit.commands().size(); i++) {
            if (unit.commands().get(i) instanceof Decide) {
                return i;
            }
        }
        return -1;
    }

    /** A call that certainly had no effect: the owner aborts, goes on, or tries again. */
    private void withoutEffect(SagaWorld world, Actor owner, int slot, Explorer.Sink<SagaWorld> sink) {
        LogCommand report = model.failStep(slot, false);
        abort(world, owner, report, sink);
        boolean again = slot % model.bounds.tries() < model.bounds.tries() - 1;
        if (model.bounds.may(Option.GOES_ON)) {
            SagaWorld next = world.copy();
            next.processes[OWNER] = owner.in(Phase.NEXT, nextCall(slot)).reporting(report);
            sink.next("owner goes on after " + slot + " failed", false, next);
        }
        if (again) {
            SagaWorld next = world.copy();
            next.processes[OWNER] = owner.in(Phase.NEXT, slot + 1).reporting(report);
            sink.next("owner tries again after " + slot + " failed", false, next);
        }
    }

    private void succeed(SagaWorld next, Actor owner, int slot, @Nullable LogCommand report) {
        next.seen |= 1 << slot;
        next.processes[OWNER] = owner.in(Phase.NEXT, nextCall(slot)).reporting(report);
    }

    private int nextCall(int slot) {
        return (slot / model.bounds.tries() + 1) * model.bounds.tries();
    }

    private void abort(SagaWorld world, Actor owner, @Nullable LogCommand report, Explorer.Sink<SagaWorld> sink) {
        Decide abort = new Decide(model.id, Outcome.ABORT, "exception", 0);
        Actor deciding = owner.in(Phase.DECIDING, owner.slot());
        int turn = model.bounds.may(Option.OWNER_CLAIMS) ? turnAfter(world, report) : -1;
        List<LogCommand> unit = SagaModel.unit(report, abort, turn < 0 ? null : model.claim(turn, 1));
        send(world, deciding, unit, "aborts", sink);
    }

    private int turnAfter(SagaWorld world, @Nullable LogCommand report) {
        boolean failed = report instanceof LogCommand.FailStep fail && !fail.doubt();
        int below = failed ? model.slotOf(((LogCommand.FailStep) report).step()) : model.slots();
        return model.turnBelow(world, below);
    }

    private void send(SagaWorld world, Actor owner, List<LogCommand> unit, String what, Explorer.Sink<SagaWorld> sink) {
        SagaWorld next = world.copy();
        next.processes[OWNER] = owner.sending(OWNER, unit, world.log.view.time());
        sink.next("owner " + what, false, next);
    }

    private static void end(SagaWorld next, Actor owner, Told told) {
        next.told = told;
        next.processes[OWNER] = owner.in(Phase.IDLE, 0);
    }
}
