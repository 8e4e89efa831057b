package io.dtx.runtime.coordinator;

import io.dtx.StepStatus;
import io.dtx.runtime.coordinator.SagaBounds.Option;
import io.dtx.runtime.coordinator.SagaWorld.Actor;
import io.dtx.runtime.coordinator.SagaWorld.Phase;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.StepState;
import java.util.List;

/** What else happens: time, expiry, late commits, the sweeper, the process that runs steps of others, the operator. */
final class SagaBystanders {

    private final SagaModel model;

    SagaBystanders(SagaModel model) {
        this.model = model;
    }

    void successors(SagaWorld world, Explorer.Sink<SagaWorld> sink) {
        if (model.bounds.may(Option.TIME) && world.log.nextDue != Long.MAX_VALUE && world.log.last != null) {
            long time = Math.max(world.log.nextDue, world.log.view.time());
            sink.next("time passes until " + time, true, model.append(world, time, List.of()));
        }
        expire(world, SagaModel.OWNER, Option.OWNER_EXPIRES, sink);
        expire(world, 1, Option.CLAIMER_EXPIRES, sink);
        if (model.executor > 0) {
            expire(world, model.executor, Option.EXECUTOR_EXPIRES, sink);
            execute(world, world.processes[model.executor], sink);
        }
        if (model.operator > 0) {
            operate(world, world.processes[model.operator], sink);
        }
        arrive(world, sink);
        if (model.bounds.may(Option.SWEEP)) {
            sweep(world, sink);
        }
    }

    private void expire(SagaWorld world, int process, Option option, Explorer.Sink<SagaWorld> sink) {
        if (model.bounds.may(option) && (world.expired >> process & 1) == 0 && world.log.last != null) {
            sink.next(model.process(process) + " expires", true, model.expire(world, process));
        }
    }

    /** Commits and calls that were not answered may arrive at last. */
    private void arrive(SagaWorld world, Explorer.Sink<SagaWorld> sink) {
        for (int slot = 0; slot < model.slots(); slot++) {
            if ((world.commitsInFlight >> slot & 1) != 0) {
                SagaWorld next = world.copy();
                next.commitsInFlight &= ~(1 << slot);
                model.commitStep(next, slot);
                sink.next("the unanswered commit of " + slot + " arrives", false, next);
            }
            if ((world.callsInFlight >> slot & 1) != 0) {
                SagaWorld next = world.copy();
                next.callsInFlight &= ~(1 << slot);
                next.done[slot]++;
                SagaInvariants.effect(next, slot);
                sink.next("the unanswered call " + slot + " arrives", false, next);
            }
        }
    }

    /** Deletes the guard rows of a transaction that has left the state, once nobody can write one any more. */
    private void sweep(SagaWorld world, Explorer.Sink<SagaWorld> sink) {
        boolean departed = world.log.last != null && world.log.tx == null;
        if (world.swept || (!departed && !(model.has(ModelBug.SWEEP_BY_TIME_ONLY) && world.log.last != null))) {
            return;
        }
        SagaWorld next = world.copy();
        if (!model.has(ModelBug.SWEEP_PAST_ZOMBIES)) {
            for (int i = 0; i < next.processes.length; i++) {
                if (!world.isOpen(i)) {
                    next.sessionRows[i] = SagaWorld.ROW_FENCED;
                } else if (world.undosInFlight[i] != 0) {
                    return; // the database ends transactions long before rows get old
                }
            }
            if (world.isOpen(SagaModel.OWNER)) {
                if (world.processes[SagaModel.OWNER].phase() != Phase.IDLE) {
                    return; // the mark does not pass a transaction that a thread serves
                }
                next.lowRaised = true;
            }
        }
        for (int slot = 0; slot < model.slots(); slot++) {
            next.doRows[slot] = SagaWorld.NONE;
            next.undoRows[slot] = SagaWorld.NONE;
        }
        next.swept = true;
        sink.next("the guard rows are swept", false, next);
    }

    private void execute(SagaWorld world, Actor executor, Explorer.Sink<SagaWorld> sink) {
        int i = model.executor;
        int slot = executor.slot();
        SagaWorld next = world.copy();
        switch (executor.phase()) {
            case CALLED -> {
                next.processes[i] = executor.in(Phase.STARTING, slot)
                        .sending(i, List.of(model.startStep(slot)), world.log.view.time());
                sink.next("executor starts " + slot, true, next);
            }
            case STARTING -> {
                for (List<Reply> answer : model.answers(world, i)) {
                    boolean started = answer.get(0).is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY);
                    SagaWorld taken = world.copy();
                    taken.processes[i] = executor.answered().in(started ? Phase.RUNNING : Phase.REPLIED_BADLY, slot);
                    sink.next("executor takes an answer", true, taken);
                }
            }
            case RUNNING -> {
                boolean done = model.commitStep(next, slot) || next.doRows[slot] == SagaWorld.EFFECT;
                LogCommand report = done ? model.finishStep(slot) : model.failStep(slot, false);
                Phase after = done && model.has(ModelBug.EXECUTOR_REPORTS_AFTER_ITS_REPLY)
                        ? Phase.REPLIED_WELL
                        : Phase.REPORTING;
                next.processes[i] = executor.in(after, slot).sending(i, List.of(report), world.log.view.time());
                sink.next("executor commits " + slot + ": " + done, true, next);
                if (model.bounds.may(Option.COMMIT_UNANSWERED)) {
                    SagaWorld unanswered = world.copy();
                    unanswered.commitsInFlight |= 1 << slot;
                    unanswered.processes[i] = executor.in(Phase.REPORTING, slot)
                            .sending(i, List.of(model.failStep(slot, true)), world.log.view.time());
                    sink.next("executor gets no answer to its commit", true, unanswered);
                }
            }
            case REPORTING -> {
                for (List<Reply> answer : model.answers(world, i)) {
                    boolean well = answer.get(0).is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY)
                            && executor.sent() != null
                            && executor.sent().commands().get(0) instanceof LogCommand.FinishStep;
                    SagaWorld taken = world.copy();
                    taken.processes[i] = executor.answered().in(well ? Phase.REPLIED_WELL : Phase.REPLIED_BADLY, slot);
                    sink.next("executor takes an answer", true, taken);
                }
            }
            default -> {} // nothing called, or replied
        }
    }

    private void operate(SagaWorld world, Actor operator, Explorer.Sink<SagaWorld> sink) {
        int i = model.operator;
        if (operator.phase() == Phase.OPERATING) {
            if (!model.answers(world, i).isEmpty()) {
                SagaWorld next = world.copy();
                next.processes[i] = operator.answered().in(Phase.IDLE, 0);
                sink.next("operator takes an answer", true, next);
            }
            return;
        }
        if (!model.isParked(world) || world.operations == 0) {
            return;
        }
        SagaWorld retried = world.copy();
        retried.operations--;
        retried.processes[i] = operator.in(Phase.OPERATING, 0)
                .sending(i, List.of(new LogCommand.Retry(model.id)), world.log.view.time());
        sink.next("operator retries", true, retried);
        for (Outcome outcome : Outcome.values()) {
            SagaWorld resolved = world.copy();
            resolved.operations--;
            close(resolved);
            resolved.processes[i] = operator.in(Phase.OPERATING, 0)
                    .sending(i, List.of(new LogCommand.Resolve(model.id, outcome, "by hand")), world.log.view.time());
            sink.next("operator resolves", true, resolved);
        }
    }

    /** Makes sure, before a resolution is logged, that nothing can happen to any step after it. */
    private void close(SagaWorld world) {
        for (int slot = 0; slot < model.slots(); slot++) {
            StepState step = world.step(slot);
            boolean ended = step == null
                    || step.isExternal()
                    || step.status() == StepStatus.FAILED
                    || step.status() == StepStatus.COMPENSATED;
            if (ended) {
                continue;
            }
            if (!model.has(ModelBug.RESOLVED_WITHOUT_SETTLING_DO)) {
                model.settle(world, model.operator, slot);
            }
            if (world.undoRows[slot] == SagaWorld.NONE && !model.has(ModelBug.RESOLVED_WITHOUT_CLOSING_UNDO)) {
                world.undoRows[slot] = SagaWorld.TOMBSTONE;
            }
        }
    }
}
