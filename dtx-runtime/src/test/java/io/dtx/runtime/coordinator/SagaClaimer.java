package io.dtx.runtime.coordinator;

import io.dtx.runtime.coordinator.SagaBounds.Option;
import io.dtx.runtime.coordinator.SagaWorld.Actor;
import io.dtx.runtime.coordinator.SagaWorld.Phase;
import io.dtx.runtime.coordinator.SagaWorld.Unit;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import java.util.List;

/** A process that claims pending compensations and makes them. */
final class SagaClaimer {

    private final SagaModel model;

    SagaClaimer(SagaModel model) {
        this.model = model;
    }

    void successors(SagaWorld world, int i, Explorer.Sink<SagaWorld> sink) {
        Actor process = world.processes[i];
        switch (process.phase()) {
            case IDLE -> claim(world, i, process, sink);
            case CLAIMING -> claiming(world, i, process, sink);
            case SETTLING -> settle(world, i, process, sink);
            case UNDOING -> undo(world, i, process, sink);
            default -> {} // an owner that still runs its method
        }
        for (int slot = 0; slot < model.slots(); slot++) {
            if ((world.undosInFlight[i] >> slot & 1) != 0) {
                SagaWorld next = world.copy();
                next.undosInFlight[i] &= ~(1 << slot);
                model.commitUndo(next, i, slot);
                sink.next(model.process(i) + "'s unanswered compensation of " + slot + " arrives", true, next);
            }
        }
    }

    private void claim(SagaWorld world, int i, Actor process, Explorer.Sink<SagaWorld> sink) {
        if (process.sent() != null) {
            return; // it gave up waiting, and may not go on in its session
        }
        for (Action action : world.log.pending) {
            int slot = model.slotOf(action.step());
            SagaWorld next = world.copy();
            next.processes[i] = process.in(Phase.CLAIMING, 0)
                    .sending(i, List.of(model.claim(slot, action.attempt())), world.log.view.time());
            sink.next(model.process(i) + " claims " + slot, model.isRecovery(i), next);
        }
    }

    /** Waits for the answer to a report, a claim, or both. */
    private void claiming(SagaWorld world, int i, Actor process, Explorer.Sink<SagaWorld> sink) {
        Unit sent = process.sent();
        for (List<Reply> answer : model.answers(world, i)) {
            if (sent == null) {
                continue;
            }
            SagaWorld next = world.copy();
            int at = sent.commands().size() - 1;
            boolean claimed = sent.commands().get(at) instanceof LogCommand.ClaimAction
                    && answer.get(at).is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY);
            next.processes[i] = process.answered().in(Phase.IDLE, 0);
            if (claimed) {
                LogCommand.ClaimAction claim =
                        (LogCommand.ClaimAction) sent.commands().get(at);
                next.processes[i] = process.working(model.slotOf(claim.step()), claim.attempt());
            }
            sink.next(model.process(i) + " takes an answer", model.isRecovery(i), next);
        }
    }

    private void settle(SagaWorld world, int i, Actor process, Explorer.Sink<SagaWorld> sink) {
        int slot = process.slot();
        if (model.isExternal(slot)) {
            SagaWorld next = world.copy();
            if (next.undone[slot] == 0) { // calls of the same key are one
                next.undone[slot]++;
                SagaInvariants.undo(next, slot);
            }
            report(next, i, process, new LogCommand.FinishCompensation(model.id, model.number(slot)), sink);
            fail(world, i, process, sink);
            return;
        }
        SagaWorld next = world.copy();
        byte row = model.has(ModelBug.NO_TOMBSTONE) ? world.doRows[slot] : model.settle(next, i, slot);
        if (row == SagaWorld.EFFECT) {
            next.processes[i] = process.in(Phase.UNDOING, slot);
            sink.next(model.process(i) + " settles " + slot + ": done", model.isRecovery(i), next);
        } else if (row == SagaWorld.TOMBSTONE && model.has(ModelBug.EMPTY_COMPENSATION_REFUSED)) {
            long step = model.number(slot);
            report(next, i, process, new LogCommand.FailCompensation(model.id, step, process.attempt(), "?"), sink);
        } else if (row == SagaWorld.TOMBSTONE || model.has(ModelBug.NO_TOMBSTONE)) {
            report(next, i, process, new LogCommand.FinishCompensation(model.id, model.number(slot)), sink);
        } else {
            next.processes[i] = process.in(Phase.IDLE, 0);
            sink.next(model.process(i) + " is fenced", model.isRecovery(i), next);
        }
    }

    private void undo(SagaWorld world, int i, Actor process, Explorer.Sink<SagaWorld> sink) {
        int slot = process.slot();
        SagaWorld next = world.copy();
        if (world.doRows[slot] == SagaWorld.EFFECT) { // rows that were swept say nothing
            model.commitUndo(next, i, slot);
        }
        if (next.undoRows[slot] == SagaWorld.EFFECT
                || (model.has(ModelBug.CLOSED_TAKEN_FOR_UNDONE) && next.undoRows[slot] == SagaWorld.TOMBSTONE)) {
            report(next, i, process, new LogCommand.FinishCompensation(model.id, model.number(slot)), sink);
        } else if (next.undoRows[slot] == SagaWorld.TOMBSTONE) {
            park(world, i, process, sink);
        } else {
            next.processes[i] = process.in(Phase.IDLE, 0);
            sink.next(model.process(i) + " is fenced", model.isRecovery(i), next);
        }
        fail(world, i, process, sink);
        if (model.bounds.may(Option.UNDO_UNANSWERED)
                && world.doRows[slot] == SagaWorld.EFFECT
                && world.undosInFlight[i] == 0) {
            SagaWorld unanswered = world.copy();
            unanswered.undosInFlight[i] |= 1 << slot;
            sink.next(model.process(i) + " gets no answer to the compensation of " + slot, false, unanswered);
        }
    }

    private void fail(SagaWorld world, int i, Actor process, Explorer.Sink<SagaWorld> sink) {
        if (model.bounds.may(Option.COMPENSATION_FAILS)) {
            long step = model.number(process.slot());
            report(
                    world,
                    i,
                    process,
                    new LogCommand.FailCompensation(model.id, step, process.attempt(), "locked"),
                    sink);
        }
        if (model.bounds.may(Option.PARKS)) {
            park(world, i, process, sink);
        }
    }

    private void park(SagaWorld world, int i, Actor process, Explorer.Sink<SagaWorld> sink) {
        long step = model.number(process.slot());
        report(world, i, process, new LogCommand.Park(model.id, step, process.attempt(), "closed"), sink);
    }

    /** Reports, and claims the next step with it after a success. */
    private void report(SagaWorld world, int i, Actor process, LogCommand report, Explorer.Sink<SagaWorld> sink) {
        int below = report instanceof LogCommand.FinishCompensation ? model.turnBelow(world, process.slot()) : -1;
        SagaWorld next = world.copy();
        next.processes[i] = process.in(Phase.CLAIMING, 0)
                .sending(i, SagaModel.unit(report, below < 0 ? null : model.claim(below, 1)), world.log.view.time());
        sink.next(model.process(i) + " reports " + report.kind(), model.isRecovery(i), next);
    }
}
