package io.dtx.examples.cluster;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.StepStatus;
import io.dtx.examples.cluster.Fault.Kind;
import io.dtx.examples.cluster.Journal.Entry;
import io.dtx.examples.cluster.Journal.Word;
import io.dtx.runtime.DtxOperator;
import io.dtx.runtime.MemberStatus;
import io.dtx.runtime.TransactionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Measures takeovers under load, with dtx as it is by default: from what is done to an application that has orders on their way to
 * the last compensation that a survivor makes for it, and from what is done to the leader to the next order that is committed.
 */
final class TakeoverTrials {
    private static final long CALM_MILLIS = 1_500;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Cluster cluster;
    private final Watch watch;
    private final DtxOperator operator;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, List<Long>> takeovers = new HashMap<>();
    private final Map<String, List<Long>> answers = new HashMap<>();

    private TakeoverTrials(Cluster cluster, Watch watch, DtxOperator operator) {
        this.cluster = cluster;
        this.watch = watch;
        this.operator = operator;
    }

    /** Runs so many trials of each kind, prints what it measures, and audits; returns whether nothing was damaged. */
    static boolean run(Cluster cluster, int trials) throws Exception {
        Drill drill = new Drill(cluster, Cluster.APPLICATIONS);
        try (Watch watch = new Watch(cluster)) {
            drill.start(watch);
            try (DtxOperator operator = cluster.operator(Cluster.MEMBERS)) {
                TakeoverTrials all = new TakeoverTrials(cluster, watch, operator);
                for (int i = 1; i <= trials; i++) {
                    for (Kind kind : List.of(Kind.KILL, Kind.PAUSE)) {
                        all.run(i, kind, true, false);
                        all.run(i, kind, false, true);
                        all.run(i, kind, true, true);
                    }
                }
                Drill.Result result = drill.end(all.faults);
                result.audit().problems().forEach(each -> System.out.println("WRONG: " + each));
                System.out.println(result.line());
                all.takeovers.forEach((what, millis) -> summary(what + " -> last compensation", millis));
                all.answers.forEach((what, millis) -> summary(what + " -> next order committed", millis));
                return result.audit().isConsistent();
            }
        }
    }

    private void run(int trial, Kind kind, boolean application, boolean leader) throws Exception {
        String what = kind + (application ? " application" : "") + (leader ? " leader" : "");
        boolean measured = false;
        while (!measured) {
            await(this::isCalm);
            Victim victim = victim();
            List<Fault> present = new ArrayList<>();
            if (leader) {
                present.add(Fault.of(kind, watch.leader(), cluster));
            }
            if (application) {
                present.add(Fault.of(kind, victim.application, cluster));
            }
            long at = present.get(0).at();
            if (application) {
                await(() -> open(victim.session).isEmpty());
            }
            await(() -> nextCommitted(at).isPresent());
            long answered = nextCommitted(at).orElseThrow();
            List<Taken> taken = application ? takenOver(victim.session, at) : List.of();
            for (Fault each : present) {
                faults.add(each.heal(cluster));
            }
            if (leader) {
                answers.computeIfAbsent(what, each -> new ArrayList<>()).add(answered);
            }
            if (!taken.isEmpty()) {
                long last = taken.stream().mapToLong(Taken::endedMillis).max().orElseThrow();
                takeovers.computeIfAbsent(what, each -> new ArrayList<>()).add(last);
            }
            System.out.println(what + " " + trial + ": next order committed after " + answered + " ms; " + taken.size()
                    + " taken over " + taken);
            measured = !application || !taken.isEmpty();
        }
    }

    private record Victim(String application, long session) {}

    /** Waits until an application has an order on its way of which something is done, and returns it. */
    private Victim victim() throws InterruptedException {
        List<Victim> found = new ArrayList<>();
        await(() -> {
            MemberStatus leads = watch.look();
            for (TransactionHistory each :
                    operator.transactions().list(any -> !any.status().isFinal())) {
                if (leads != null && each.steps().stream().anyMatch(step -> step.status() == StepStatus.FINISHED)) {
                    leads.sessions().stream()
                            .filter(session -> session.id() == each.id().session())
                            .forEach(session -> found.add(new Victim(session.node(), session.id())));
                }
            }
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private boolean isCalm() {
        MemberStatus leads = watch.look();
        long now = System.currentTimeMillis();
        return leads != null
                && operator.members().stream().allMatch(each -> each.problem() == null)
                && Cluster.APPLICATIONS.stream().allMatch(each -> hasAnsweredSince(each, now - CALM_MILLIS));
    }

    private boolean hasAnsweredSince(String application, long millis) {
        List<Entry> answers = journals().stream()
                .filter(each -> ("a" + Orders.application(each.order())).equals(application))
                .filter(each -> each.word() == Word.COMMITTED)
                .toList();
        return answers.stream().anyMatch(each -> each.millis() > millis)
                && faults.stream().allMatch(each -> each.at() < millis - CALM_MILLIS);
    }

    private List<TransactionHistory> open(long session) {
        return operator.transactions()
                .list(each -> each.id().session() == session && !each.status().isFinal());
    }

    /**
     * A transaction that others have finished.
     *
     * @param decidedMillis after what time it was aborted
     * @param endedMillis after what time its last compensation had ended
     */
    private record Taken(long decidedMillis, long endedMillis) {

        static Taken of(TransactionHistory each, long at) {
            return new Taken(
                    Objects.requireNonNull(each.decided()).toEpochMilli() - at,
                    Objects.requireNonNull(each.ended()).toEpochMilli() - at);
        }

        @Override
        public String toString() {
            return decidedMillis + "-" + endedMillis;
        }
    }

    private List<Taken> takenOver(long session, long at) {
        return operator
                .transactions()
                .list(each -> each.id().session() == session
                        && each.began().toEpochMilli() <= at
                        && each.ended() != null
                        && each.ended().toEpochMilli() > at)
                .stream()
                .map(each -> Taken.of(each, at))
                .toList();
    }

    /** Returns after what time an order was committed that a customer placed later than at a time. */
    private OptionalLong nextCommitted(long at) {
        Map<Long, Long> placed = new HashMap<>();
        List<Entry> journals = journals();
        for (Entry each : journals) {
            if (each.word() == Word.TAKEN) {
                placed.put(each.order(), each.millis());
            }
        }
        return journals.stream()
                .filter(each -> each.word() == Word.COMMITTED && placed.getOrDefault(each.order(), 0L) > at)
                .mapToLong(each -> each.millis() - at)
                .min();
    }

    private List<Entry> journals() {
        try {
            return Journal.read(cluster.journals());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!holds(condition)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("it has not come about within a minute");
            }
            Thread.sleep(10);
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (CoordinatorUnavailableException e) {
            return false; // nobody leads now
        }
    }

    private static void summary(String what, List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        System.out.println(what + ": " + sorted.size() + " trials, median " + sorted.get(sorted.size() / 2)
                + " ms, worst " + sorted.get(sorted.size() - 1) + " ms");
    }
}
