package io.dtx.runtime.coordinator;

import static io.dtx.runtime.coordinator.LogInvariants.that;

import io.dtx.StepStatus;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.SagaWorld.Told;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import org.jspecify.annotations.Nullable;

/** What must hold of a saga: at every effect, and in every state of the world. */
final class SagaInvariants {

    private SagaInvariants() {}

    /** A step has just taken effect. */
    static void effect(SagaWorld world, int slot) {
        StepState step = world.lastStep(slot);
        that(step != null, "S1 intent first", () -> "step " + slot + " took effect without an intent in the log");
        if (world.model.isExternal(slot) || step == null) {
            return;
        }
        that(world.done[slot] == 1, "S2 at most once", () -> "step " + slot + " took effect again");
        boolean closed =
                step.status() == StepStatus.COMPENSATED || step.status() == StepStatus.FAILED || isResolved(world);
        that(
                !closed,
                "S5 no effect after compensation",
                () -> "step " + slot + " took effect, it was " + step.status());
        for (int below = 0; below < slot; below++) {
            that(world.undone[below] == 0, "S4 order", "a step took effect after a lower one was undone");
        }
    }

    /** A compensation has just taken effect. */
    static void undo(SagaWorld world, int slot) {
        TransactionState tx = world.log.last;
        boolean decided =
                tx != null && tx.status() != TransactionStatus.ACTIVE && tx.status() != TransactionStatus.COMMITTED;
        that(decided, "F2 decision first", () -> "step " + slot + " was undone without a decision to abort");
        for (int above = slot + 1; above < world.done.length; above++) {
            StepState higher = world.lastStep(above);
            boolean undone = world.model.isExternal(above)
                    ? world.undone[above] > 0 || higher == null || higher.status() == StepStatus.FAILED
                    : world.undone[above] == world.done[above];
            that(undone, "S4 order", "a step was undone before a higher one");
        }
        if (!world.model.isExternal(slot)) {
            that(world.undone[slot] == 1, "S2 at most once", () -> "step " + slot + " was undone again");
            that(
                    world.done[slot] == 1,
                    "S6 empty compensation",
                    () -> "step " + slot + " was undone without an effect");
            that(!isResolved(world), "S5 nothing after resolution", () -> "step " + slot + " was undone");
        }
    }

    private static boolean isResolved(SagaWorld world) {
        return world.log.last != null
                && (world.log.last.status() == TransactionStatus.RESOLVED
                        || world.log.last.status() == TransactionStatus.HEURISTIC_MIXED);
    }

    /** A state was reached for the first time. */
    static void check(SagaWorld world) {
        TransactionState tx = world.log.last;
        if (tx != null) {
            checkTold(world, tx);
            boolean surprise = tx.status() == TransactionStatus.PARKED && !world.model.mayPark();
            that(!surprise, "S6 empty compensation", "parked although every compensation succeeds");
            for (int slot = 0; slot < world.done.length; slot++) {
                checkStepState(world, tx, slot, world.lastStep(slot));
            }
        }
    }

    private static void checkTold(SagaWorld world, TransactionState tx) {
        boolean committed = tx.status() == TransactionStatus.COMMITTED;
        that(
                world.told != Told.COMMITTED || committed,
                "C1 told is decided",
                () -> "told committed, it is " + tx.status());
        that(
                world.told != Told.ABORTED || !committed,
                "C1 told is decided",
                () -> "told aborted, it is " + tx.status());
        if (committed) {
            int finished = 0;
            for (int slot = 0; slot < world.done.length; slot++) {
                StepState step = world.lastStep(slot);
                finished |= step != null && step.status() == StepStatus.FINISHED ? 1 << slot : 0;
            }
            that(finished == world.seen, "S3 committed", "other steps finished than the owner saw");
        }
    }

    private static void checkStepState(SagaWorld world, TransactionState tx, int slot, @Nullable StepState step) {
        int done = world.done[slot];
        int undone = world.undone[slot];
        if (step == null) {
            return; // an effect without an intent was refused when it happened
        }
        boolean external = world.model.isExternal(slot);
        if (step.status() == StepStatus.FAILED) {
            that(done == 0, "S3 failed means no effect", () -> "step " + slot + " took effect");
        }
        if (step.tookEffect()) {
            that(done > 0, "S3 finished means effect", () -> "step " + slot + " did not take effect");
        }
        if (step.status() == StepStatus.COMPENSATED) {
            that(external ? undone > 0 : done == undone, "S3 compensated", () -> "step " + slot + " is not undone");
        }
        if (tx.status() == TransactionStatus.COMMITTED) {
            boolean whole = step.status() == StepStatus.FINISHED ? undone == 0 : step.status() == StepStatus.FAILED;
            that(whole, "S3 committed", () -> "step " + slot + " is " + step.status());
        }
        if (tx.status() == TransactionStatus.COMPENSATED) {
            boolean ended = step.status() == StepStatus.COMPENSATED || step.status() == StepStatus.FAILED;
            that(ended, "S3 compensated", () -> "step " + slot + " is " + step.status());
        }
    }
}
