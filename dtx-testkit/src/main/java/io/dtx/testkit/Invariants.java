package io.dtx.testkit;

import io.dtx.StepStatus;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionStatus;
import io.dtx.runtime.StepHistory;
import io.dtx.runtime.TransactionHistory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of every run, whatever happened in it: what it says about it is a list of violations. Pure. */
final class Invariants {

    private static final int CAUSES_MAX = 100;

    private Invariants() {}

    /**
     * Judges a run.
     *
     * @param transactions what the log knows
     * @param thrown what reached the caller; null if the call returned
     * @param effects what took effect, in that order
     * @param watched the resources whose effects are among them; of others nothing is known
     */
    static List<String> violations(
            List<TransactionHistory> transactions,
            @Nullable Throwable thrown,
            List<Effect> effects,
            Set<String> watched) {
        List<String> violations = new ArrayList<>();
        for (TransactionHistory each : transactions) {
            judgeEnd(each, violations);
            judgeWord(each, thrown, violations);
        }
        TransactionHistory only = transactions.size() == 1 ? transactions.get(0) : null;
        if (thrown == null && (only == null || only.status() != TransactionStatus.COMMITTED)) {
            violations.add("the call returned, but it is not committed");
        }
        if (only == null && !effects.isEmpty()) {
            violations.add("there were effects, but the log knows nothing of them: " + effects);
        }
        judgeRepetitions(effects, violations);
        judgeOrder(effects, violations);
        if (only != null) {
            judgeTotality(only, effects, violations);
            judgeFinished(only, effects, watched, violations);
        }
        return violations;
    }

    private static void judgeEnd(TransactionHistory transaction, List<String> violations) {
        if (transaction.status() == TransactionStatus.PARKED) {
            violations.add("it is parked: a compensation keeps failing" + parked(transaction));
        } else if (transaction.status() != TransactionStatus.COMMITTED
                && transaction.status() != TransactionStatus.COMPENSATED) {
            violations.add("it did not end: it is " + transaction.status());
        }
    }

    private static String parked(TransactionHistory transaction) {
        StringBuilder steps = new StringBuilder();
        for (StepHistory each : transaction.steps()) {
            if (each.status() == StepStatus.PARKED) {
                steps.append(": ").append(each.name()).append(", ").append(each.failure());
            }
        }
        return steps.toString();
    }

    /** The caller may only be told of an abort that the log knows; that the outcome is unknown is always true. */
    private static void judgeWord(TransactionHistory transaction, @Nullable Throwable thrown, List<String> violations) {
        boolean aborted = Stream.<Throwable>iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .anyMatch(each -> each instanceof TransactionAbortedException word
                        && transaction.id().equals(word.transactionId()));
        if (aborted && transaction.status() == TransactionStatus.COMMITTED) {
            violations.add("it is committed, but the caller was told that it was aborted: " + thrown);
        }
    }

    private static void judgeRepetitions(List<Effect> effects, List<String> violations) {
        Set<Effect> seen = new HashSet<>();
        for (Effect each : effects) {
            if (!seen.add(each) && !each.external()) {
                violations.add("it took effect twice: " + each);
            }
        }
    }

    /** Calls are numbered as they were made; compensations take effect from the highest number down. */
    private static void judgeOrder(List<Effect> effects, List<String> violations) {
        @Nullable Effect last = null;
        for (Effect each : effects) {
            if (each.undone()) {
                if (last != null && each.call() > last.call()) {
                    violations.add(each.step() + " was compensated after " + last.step() + ", which came before it");
                }
                last = each;
            } else if (last != null && !each.external()) {
                violations.add(each.step() + " took effect after the compensation of " + last.step());
            }
        }
    }

    private static void judgeTotality(TransactionHistory transaction, List<Effect> effects, List<String> violations) {
        for (Effect each : effects) {
            boolean undone = effects.stream().anyMatch(other -> other.undone() && other.isOfSameCall(each));
            boolean done = effects.stream().anyMatch(other -> !other.undone() && other.isOfSameCall(each));
            if (transaction.status() == TransactionStatus.COMMITTED && undone) {
                violations.add("it is committed, but " + each.step() + " was compensated");
            }
            if (transaction.status() == TransactionStatus.COMPENSATED && !undone && isCompensated(transaction, each)) {
                violations.add("it is rolled back, but " + each.step() + " is still in effect");
            }
            if (undone && !done && !each.external()) {
                violations.add(each.step() + " was compensated, but had not taken effect");
            }
        }
    }

    /** What the log calls finished was committed by its database, if one guards it. */
    private static void judgeFinished(
            TransactionHistory transaction, List<Effect> effects, Set<String> watched, List<String> violations) {
        if (transaction.status() != TransactionStatus.COMMITTED) {
            return;
        }
        for (StepHistory each : transaction.steps()) {
            boolean guarded = each.resource() != null && watched.contains(each.resource());
            if (guarded
                    && each.status() == StepStatus.FINISHED
                    && effects.stream().noneMatch(effect -> !effect.undone() && isOf(each, effect))) {
                violations.add("it is committed, but " + each.name() + " has not taken effect");
            }
        }
    }

    /** Steps without a compensation only read. */
    private static boolean isCompensated(TransactionHistory transaction, Effect effect) {
        return transaction.steps().stream()
                .anyMatch(step -> isOf(step, effect) && step.status() != StepStatus.FINISHED);
    }

    private static boolean isOf(StepHistory step, Effect effect) {
        return step.name().equals(effect.step()) && step.number().startsWith(effect.call() + ".");
    }
}
