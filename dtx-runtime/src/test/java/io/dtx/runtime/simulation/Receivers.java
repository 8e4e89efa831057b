package io.dtx.runtime.simulation;

import io.dtx.StepContext;
import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.LogWitness;
import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.HashMap;
import java.util.Map;

/**
 * Those who are called from outside of any guard. They know a step by its key, do it at most once, and keep in mind what was
 * undone before it was done. No method has a point between the lines of an effect.
 */
final class Receivers {

    private final Kernel kernel;
    private final Domain outside;
    private final Faults faults;
    private final Effects inEffect;
    private final LogWitness log;
    private final Map<String, Effect> effects = new HashMap<>();
    private final Map<String, Call> running = new HashMap<>();
    private final Map<Integer, Domain> owners = new HashMap<>(); // by trip
    private final Map<Domain, Long> firstSessions = new HashMap<>();

    /** A call that has not returned, of a session, and until when it may run. */
    private record Call(long session, long endNanos) {}

    private static final class Effect {
        boolean done;
        boolean cancelled;
    }

    Receivers(Kernel kernel, Domain outside, Faults faults, Effects inEffect, LogWitness log) {
        this.log = log;
        this.kernel = kernel;
        this.outside = outside;
        this.faults = faults;
        this.inEffect = inEffect;
    }

    /** A trip begins, here. */
    void begun(int trip, TransactionId id) {
        Domain here = kernel.domain();
        owners.put(trip, here);
        if (firstSessions.computeIfAbsent(here, each -> id.session()) != id.session()) {
            Kernel.reached("a trip in a session that has replaced another");
        }
    }

    /** A leg is undone, here. */
    void undoes(int trip) {
        if (owners.get(trip) != kernel.domain()) {
            Kernel.reached("undone by another process");
        }
    }

    long perform(int trip, int leg, StepContext step) {
        Kernel.point();
        Call call = new Call(
                step.transactionId().session(),
                kernel.nanos() + step.remaining().toNanos());
        running.put(step.stepKey(), call);
        try {
            return perform(trip, leg, step.stepKey());
        } finally {
            running.remove(step.stepKey(), call);
        }
    }

    private long perform(int trip, int leg, String key) {
        kernel.note(() -> "call " + key + " leg " + leg);
        travel();
        if (faults.strikes(FaultKind.REFUSED)) {
            throw new RefusedException("refused");
        }
        if (faults.strikes(FaultKind.CALL_LOST)) {
            throw new BrokenException("the call was lost");
        }
        if (faults.strikes(FaultKind.LATE)) {
            later(trip, leg, key);
            throw new BrokenException("it was not answered in time");
        }
        effect(trip, leg, key);
        return answer();
    }

    private void later(int trip, int leg, String key) {
        long nanos = kernel.chance().between(1_000_000, 4_000_000_000L);
        inEffect.departs();
        kernel.spawn(outside, "late " + key, () -> {
            kernel.pauseNanos(nanos);
            try {
                effect(trip, leg, key);
            } catch (RefusedException e) {
                kernel.note(() -> "too late for " + key);
            }
            inEffect.arrives();
        });
    }

    private void effect(int trip, int leg, String key) {
        Effect effect = effects.computeIfAbsent(key, each -> new Effect());
        kernel.note(() -> "effect " + key + " leg " + leg + (effect.cancelled ? " is cancelled already" : ""));
        if (effect.cancelled) {
            throw new RefusedException("it was cancelled before");
        }
        if (!effect.done) {
            effect.done = true;
            inEffect.done(trip, leg);
        }
    }

    void undo(int trip, int leg, long result, StepContext step) {
        Kernel.point();
        undoes(trip);
        String key = step.stepKey();
        kernel.note(() -> "call to undo " + key + " leg " + leg);
        Call call = running.get(key);
        if (call != null && log.isOpen(call.session) && kernel.nanos() < call.endNanos) {
            kernel.complain("not waited for: " + key + " is undone while it runs, within its time");
        }
        travel();
        if (faults.strikes(FaultKind.CALL_LOST)) {
            throw new BrokenException("the call was lost");
        }
        cancel(trip, leg, key, result);
        answer();
    }

    private void cancel(int trip, int leg, String key, long result) {
        kernel.note(() -> "undo " + key + " leg " + leg);
        Effect effect = effects.computeIfAbsent(key, each -> new Effect());
        if (result > 0) {
            kernel.complain("wrong result: " + key + " was undone with the result " + result);
        }
        if (effect.done && !effect.cancelled) {
            inEffect.undone(trip, leg);
        }
        effect.cancelled = true;
    }

    private void travel() {
        kernel.pauseNanos(kernel.chance().between(20_000, 10_000_000));
        if (faults.strikes(FaultKind.HANGS)) {
            faults.hang(kernel, kernel.chance().between(100_000_000, 3_000_000_000L));
        }
    }

    private long answer() {
        kernel.pauseNanos(kernel.chance().between(20_000, 10_000_000));
        if (faults.strikes(FaultKind.ANSWER_LOST)) {
            throw new BrokenException("the answer was lost");
        }
        return 0;
    }
}
