package io.dtx.runtime.coordinator;

import io.dtx.Recovery;
import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.SagaBounds.Option;
import io.dtx.runtime.coordinator.SagaWorld.Actor;
import io.dtx.runtime.coordinator.SagaWorld.Phase;
import io.dtx.runtime.coordinator.SagaWorld.Unit;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.ExpireSession;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.protocol.StepState;
import io.dtx.spi.RetrySchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The world of one saga: an owner, claimers, another process that runs steps, an operator, the leader of the log, one
 * database and receivers of external calls. What has been sent is applied at any later moment, or never; its answer is taken
 * at any later moment, as it was or as a repetition is answered then, or never.
 */
final class SagaModel {

    static final int OWNER = 0;
    static final long DEADLINE = 1_000;
    static final long BUDGET = 2_000;
    static final long CLAIM_TIMEOUT = 100;
    static final Limits LIMITS = new Limits(1 << 30, 1 << 30, 1 << 30, 1 << 20, 6_000);
    private static final byte[] ARGUMENTS = {1};
    private static final byte[] RESULT = {2};

    final SagaBounds bounds;
    final TransactionId id = new TransactionId(0xC1L, 1, 1);
    final int executor; // the process that runs steps of others, or -1
    final int operator; // the process that speaks for an operator, or -1
    final TransitionCoverage coverage;
    private final Set<ModelBug> bugs;
    private final int processes;
    private final int slots;
    private final long[] numbers;
    private final RetrySchedule schedule;
    private final SagaOwner owner = new SagaOwner(this);
    private final SagaClaimer claimer = new SagaClaimer(this);
    private final SagaBystanders bystanders = new SagaBystanders(this);

    SagaModel(SagaBounds bounds, TransitionCoverage coverage, ModelBug... bugs) {
        this.bounds = bounds;
        this.coverage = coverage;
        this.bugs = bugs.length == 0 ? Set.of() : EnumSet.copyOf(Arrays.asList(bugs));
        int count = 1 + bounds.claimers();
        executor = bounds.steps().indexOf('R') >= 0 ? count++ : -1;
        operator = bounds.operations() > 0 ? count++ : -1;
        processes = count;
        slots = bounds.steps().length() * bounds.tries();
        numbers = new long[slots];
        for (int slot = 0; slot < slots; slot++) {
            long nested = kind(slot) == 'R' ? 1L << 16 : 0;
            numbers[slot] = StepNumber.of(slot / bounds.tries() + 1, slot % bounds.tries() + 1) | nested;
        }
        schedule = new RetrySchedule(bounds.attemptsMax(), 10, 1, 10, 0);
    }

    SagaWorld start() {
        SagaWorld world = new SagaWorld(this, LogState.start(LIMITS, id, processes), processes, slots);
        Arrays.fill(world.sessionRows, SagaWorld.ROW_ACTIVE);
        world.operations = bounds.operations();
        for (int i = 0; i < processes; i++) {
            world.processes[i] = new Actor(i == OWNER ? Phase.NEXT : Phase.IDLE, 0, 0, null, null, 0, 0);
        }
        return world;
    }

    void successors(SagaWorld world, Explorer.Sink<SagaWorld> sink) {
        for (int i = 0; i < processes; i++) {
            deliver(world, i, sink);
        }
        owner.successors(world, sink);
        if (bounds.may(Option.OWNER_CLAIMS)) {
            claimer.successors(world, OWNER, sink);
        }
        for (int i = 1; i <= bounds.claimers(); i++) {
            claimer.successors(world, i, sink);
        }
        bystanders.successors(world, sink);
    }

    boolean has(ModelBug bug) {
        return bugs.contains(bug);
    }

    char kind(int slot) {
        return bounds.steps().charAt(slot / bounds.tries());
    }

    boolean isExternal(int slot) {
        return kind(slot) == 'E';
    }

    int executorOf(int slot) {
        return kind(slot) == 'R' ? executor : OWNER;
    }

    long number(int slot) {
        return numbers[slot];
    }

    int slotOf(long number) {
        for (int slot = 0; slot < slots; slot++) {
            if (numbers[slot] == number) {
                return slot;
            }
        }
        throw new IllegalArgumentException("no slot for " + number);
    }

    int slots() {
        return slots;
    }

    int claimers() {
        return bounds.claimers();
    }

    boolean claimersAreAlike() {
        return !bounds.may(Option.CLAIMER_EXPIRES) && !bounds.may(Option.TIME); // with time, one of them may be dead
    }

    /** Whether what a process does is there for liveness: the owner may be dead, and the first of two claimers, too. */
    boolean isRecovery(int process) {
        boolean mayDie = bounds.may(Option.TIME) && bounds.claimers() == 2 && process == 1;
        return process != OWNER && !mayDie;
    }

    /** Whether a compensation may fail, so that parking is no surprise. */
    boolean mayPark() {
        return bounds.may(Option.COMPENSATION_FAILS)
                || bounds.may(Option.PARKS)
                || bounds.may(Option.TIME)
                || bounds.may(Option.CLAIMER_EXPIRES);
    }

    long budget() {
        return BUDGET;
    }

    LogCommand begin() {
        return new LogCommand.Begin(id, "saga", Recovery.BACKWARD, DEADLINE, null);
    }

    LogCommand startStep(int slot) {
        boolean external = isExternal(slot);
        return new LogCommand.StartStep(
                id,
                numbers[slot],
                "s",
                external ? null : "db",
                external ? null : "database",
                false,
                true,
                BUDGET,
                schedule,
                0,
                ARGUMENTS);
    }

    LogCommand finishStep(int slot) {
        return new LogCommand.FinishStep(id, numbers[slot], RESULT);
    }

    LogCommand failStep(int slot, boolean doubt) {
        return new LogCommand.FailStep(id, numbers[slot], doubt, "failed");
    }

    /** Applies what a process has sent, or takes the answer to it. */
    private void deliver(SagaWorld world, int i, Explorer.Sink<SagaWorld> sink) {
        Actor process = world.processes[i];
        Unit sent = process.sent();
        if (sent == null || sent.answer() != null) {
            return;
        }
        LogState.Step step = world.log.append(world.log.view.time(), List.of(sent.batch()), coverage);
        SagaWorld next = world.copy();
        next.log = step.after();
        next.processes[i] = process.applied(step.replies());
        sink.next(process(i) + " in the log", isRecovery(i), next);
    }

    /** Appends an entry of no process. */
    SagaWorld append(SagaWorld world, long time, List<SessionBatch> batches) {
        SagaWorld next = world.copy();
        next.log = world.log.append(time, batches, coverage).after();
        return next;
    }

    /** Returns the answers that a process may get now: the one that was given, and that to a repetition. */
    List<List<Reply>> answers(SagaWorld world, int i) {
        Unit sent = world.processes[i].sent();
        if (sent == null || sent.answer() == null) {
            return List.of();
        }
        List<Reply> again = world.log.answerAgain(sent.batch());
        return again.equals(sent.answer()) ? List.of(again) : List.of(sent.answer(), again);
    }

    /** Ends a session in the log. */
    SagaWorld expire(SagaWorld world, int i) {
        SagaWorld next = append(
                world, world.log.view.time(), List.of(new SessionBatch(0, 0, 0, List.of(new ExpireSession(i + 1)))));
        next.expired |= 1 << i;
        return next;
    }

    /** A process commits a step: whether it took effect; afterwards {@link SagaWorld#doRows} says why not. */
    boolean commitStep(SagaWorld world, int slot) {
        int process = executorOf(slot);
        if (has(ModelBug.SESSION_ROW_MADE_ANEW)) {
            world.sessionRows[process] = SagaWorld.ROW_ACTIVE;
        }
        boolean low = process == OWNER && world.lowRaised;
        boolean free = world.doRows[slot] == SagaWorld.NONE
                || (has(ModelBug.NO_KEY_ON_DO) && world.doRows[slot] == SagaWorld.TOMBSTONE);
        if (world.sessionRows[process] != SagaWorld.ROW_ACTIVE || low || !free) {
            return false;
        }
        world.doRows[slot] = SagaWorld.EFFECT;
        world.done[slot]++;
        SagaInvariants.effect(world, slot);
        return true;
    }

    /** A process settles a step; returns the row afterwards, or NONE if it may not settle. */
    byte settle(SagaWorld world, int process, int slot) {
        boolean allowed = world.sessionRows[process] == SagaWorld.ROW_ACTIVE && !world.lowRaised;
        if (world.doRows[slot] == SagaWorld.NONE && allowed) {
            world.doRows[slot] = SagaWorld.TOMBSTONE;
        }
        return world.doRows[slot];
    }

    /** A process commits a compensation, if it still may. */
    void commitUndo(SagaWorld world, int process, int slot) {
        boolean free = world.undoRows[slot] == SagaWorld.NONE || has(ModelBug.NO_KEY_ON_UNDO);
        if (world.sessionRows[process] == SagaWorld.ROW_ACTIVE && free) {
            world.undoRows[slot] = SagaWorld.EFFECT;
            world.undone[slot]++;
            SagaInvariants.undo(world, slot);
        }
    }

    /** Returns the step whose compensation a process believes to be next below this slot, or -1. */
    int turnBelow(SagaWorld world, int slot) {
        for (int s = slot - 1; s >= 0; s--) {
            StepState step = world.step(s);
            if (step != null && step.status() != StepStatus.FAILED && step.status() != StepStatus.COMPENSATED) {
                return s;
            }
        }
        return -1;
    }

    LogCommand claim(int slot, int attempt) {
        return new LogCommand.ClaimAction(id, numbers[slot], attempt, CLAIM_TIMEOUT);
    }

    String process(int i) {
        return i == OWNER ? "owner" : i == executor ? "executor" : i == operator ? "operator" : "claimer " + i;
    }

    boolean isParked(SagaWorld world) {
        return world.log.tx != null && world.log.tx.status() == TransactionStatus.PARKED;
    }

    static List<LogCommand> unit(@Nullable LogCommand... commands) {
        List<LogCommand> unit = new ArrayList<>();
        for (LogCommand command : commands) {
            if (command != null) {
                unit.add(command);
            }
        }
        return unit;
    }
}
