package io.dtx.runtime.crash;

import io.dtx.StepStatus;
import io.dtx.TransactionStatus;
import io.dtx.runtime.StepHistory;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.crash.Facts.Effect;
import io.dtx.runtime.crash.Facts.Guard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Judges sagas of LOCAL_TX steps, one step for each resource, once nothing more can happen: what the log says, what the
 * databases hold and what the callers were told must be one story. Every violation begins with the promise that it breaks:
 *
 * <ul>
 *   <li>S1 an effect has an intent in the log
 *   <li>S2 a step, and its compensation, takes effect at most once
 *   <li>S3 a committed saga is whole, with nothing undone; a compensated one leaves nothing
 *   <li>S4 compensations ran in the reverse order of the steps
 *   <li>S5 no step took effect after its compensation
 *   <li>S6 a compensated step has a guard row of each direction, or a tombstone: nothing can happen any more
 *   <li>G1 an effect has its guard row, a guard row its effect
 *   <li>G2 a resource has one active session, the log's
 *   <li>T6 what the caller was told is what the log says
 *   <li>L2 what the caller was told to be committed is in the log
 *   <li>V1 every transaction has ended
 *   <li>A1 a local transaction is whole: accounts and lines agree
 * </ul>
 */
final class SagaAudit {

    private final Facts facts;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, List<Effect>> effects;
    private final Map<String, List<Guard>> guards;

    private SagaAudit(Facts facts) {
        this.facts = facts;
        this.effects = facts.effects().stream().collect(Collectors.groupingBy(Effect::transaction));
        this.guards = facts.guards().stream().collect(Collectors.groupingBy(Guard::transaction));
    }

    /** Returns what is wrong; nothing if all is well. */
    static List<String> violations(Facts facts) {
        SagaAudit audit = new SagaAudit(facts);
        Map<String, TransactionHistory> log = new HashMap<>();
        facts.transactions().forEach(each -> log.put(each.id().toString(), each));
        log.values().forEach(audit::transaction);
        audit.unknown(log.keySet());
        facts.told().forEach(each -> audit.told(each, log.get(each.transaction())));
        facts.differences()
                .forEach((resource, difference) ->
                        audit.demand(difference == 0, "A1", resource + ": accounts and lines differ by " + difference));
        facts.sessions()
                .forEach((resource, active) ->
                        audit.demand(active == 1, "G2", resource + " has " + active + " active sessions"));
        return audit.violations;
    }

    /** Returns whether each resource has one active session; so it is after the first sweep. */
    static boolean haveOneSession(Facts facts) {
        return facts.sessions().values().stream().allMatch(active -> active == 1);
    }

    private void transaction(TransactionHistory transaction) {
        String id = transaction.id().toString();
        boolean committed = transaction.status() == TransactionStatus.COMMITTED;
        boolean compensated = transaction.status() == TransactionStatus.COMPENSATED;
        if (!committed && !compensated) {
            violations.add("V1 " + transaction);
            return;
        }
        Set<String> finished = new TreeSet<>();
        for (StepHistory step : transaction.steps()) {
            boolean ended = step.status() == StepStatus.FAILED
                    || step.status() == (committed ? StepStatus.FINISHED : StepStatus.COMPENSATED);
            demand(ended, "S3", step.name() + " is " + step.status() + " in " + transaction);
            if (step.status() == StepStatus.FINISHED) {
                finished.add(step.resource());
            }
        }
        demand(
                !committed || finished.equals(new TreeSet<>(facts.resources())),
                "S3",
                "committed with no more than " + finished + ": " + transaction);
        for (String resource : facts.resources()) {
            effectsAt(resource, transaction, committed);
            guardsAt(resource, transaction);
        }
        if (compensated) {
            order(transaction, effects.getOrDefault(id, List.of()));
        }
    }

    private void effectsAt(String resource, TransactionHistory transaction, boolean committed) {
        String id = transaction.id().toString();
        String where = resource + ": " + transaction;
        long done = count(id, resource, 'D');
        long undone = count(id, resource, 'U');
        boolean intended = transaction.steps().stream().anyMatch(step -> resource.equals(step.resource()));
        demand(intended || done + undone == 0, "S1", "an effect without an intent at " + where);
        demand(done <= 1, "S2", done + " effects at " + where);
        demand(undone <= 1, "S2", undone + " compensations at " + where);
        if (committed) {
            demand(done >= 1, "S3", "committed without an effect at " + where);
            demand(undone == 0, "S3", "committed, but undone at " + where);
        } else {
            demand(undone >= done, "S3", "compensated, but still in effect at " + where);
            demand(undone <= done, "S3", "undone what was never done at " + where);
        }
    }

    private void guardsAt(String resource, TransactionHistory transaction) {
        String id = transaction.id().toString();
        for (char direction : new char[] {'D', 'U'}) {
            long rows = guards.getOrDefault(id, List.of()).stream()
                    .filter(row -> row.resource().equals(resource) && row.direction() == direction && row.kind() == 'E')
                    .count();
            long lines = count(id, resource, direction);
            demand(
                    rows == lines,
                    "G1",
                    rows + " guard rows " + direction + " for " + lines + " effects at " + resource + ": "
                            + transaction);
        }
        for (StepHistory step : transaction.steps()) {
            if (resource.equals(step.resource())) {
                guardsOf(step, transaction);
            }
        }
    }

    private void guardsOf(StepHistory step, TransactionHistory transaction) {
        String rows = guards.getOrDefault(transaction.id().toString(), List.of()).stream()
                .filter(row ->
                        row.step().equals(step.number()) && row.resource().equals(step.resource()))
                .map(row -> "" + row.direction() + row.kind())
                .sorted()
                .collect(Collectors.joining(" "));
        String what = step.name() + " is " + step.status() + " with guard rows '" + rows + "': " + transaction;
        switch (step.status()) {
            case COMPENSATED -> demand(rows.equals("DE UE") || rows.equals("DT"), "S6", what);
            case FINISHED -> demand(rows.equals("DE"), "G1", what);
            case FAILED -> demand(rows.isEmpty() || rows.equals("DT"), "G1", what);
            default -> demand(false, "S3", what);
        }
    }

    private void order(TransactionHistory transaction, List<Effect> lines) {
        List<Effect> undone = lines.stream()
                .filter(each -> each.direction() == 'U')
                .sorted(Comparator.comparingLong(Effect::atNanos))
                .toList();
        for (int i = 1; i < undone.size(); i++) {
            int earlier = facts.resources().indexOf(undone.get(i - 1).resource());
            int later = facts.resources().indexOf(undone.get(i).resource());
            demand(earlier > later, "S4", "undone in the order " + undone + ": " + transaction);
        }
        for (Effect undo : undone) {
            for (Effect done : lines) {
                boolean same = done.direction() == 'D' && done.resource().equals(undo.resource());
                demand(
                        !same || done.atNanos() < undo.atNanos(),
                        "S5",
                        done + " after its compensation " + undo + ": " + transaction);
                demand(!same || done.amount() == undo.amount(), "S3", done + " is not undone by " + undo);
            }
        }
    }

    private void unknown(Set<String> known) {
        for (Effect each : facts.effects()) {
            demand(known.contains(each.transaction()), "S1", "the log does not know the transaction of " + each);
        }
        for (Guard each : facts.guards()) {
            demand(known.contains(each.transaction()), "S1", "the log does not know the transaction of " + each);
        }
    }

    private void told(Told.Line line, @org.jspecify.annotations.Nullable TransactionHistory transaction) {
        switch (line.answer()) {
            case COMMITTED -> {
                demand(transaction != null, "L2", "the log does not know it: " + line);
                demand(
                        transaction == null || transaction.status() == TransactionStatus.COMMITTED,
                        "T6",
                        line + " but " + transaction);
            }
            case ABORTED ->
                demand(
                        transaction == null || transaction.status() == TransactionStatus.COMPENSATED,
                        "T6",
                        line + " but " + transaction);
            case NOTHING, UNKNOWN -> {}
        }
    }

    private long count(String transaction, String resource, char direction) {
        return effects.getOrDefault(transaction, List.of()).stream()
                .filter(each -> each.resource().equals(resource) && each.direction() == direction)
                .count();
    }

    private void demand(boolean holds, String promise, String otherwise) {
        if (!holds) {
            violations.add(promise + " " + otherwise.strip());
        }
    }
}
