package io.dtx.runtime.simulation;

import io.dtx.DtxException;
import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxOverLog;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.Transactions;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.session.MemberChannel;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.simulation.Told.Answer;
import io.dtx.runtime.simulation.kernel.Chance;
import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is there in a history, and what happens: a process alone with its log, or two over three members. */
final class Scene {

    private static final int[] ISOLATION = {
        Connection.TRANSACTION_READ_COMMITTED,
        Connection.TRANSACTION_READ_COMMITTED,
        Connection.TRANSACTION_SERIALIZABLE
    };
    private static final List<FaultKind> SCRIPTED = List.of(
            FaultKind.KILL,
            FaultKind.FREEZE,
            FaultKind.CLOSE,
            FaultKind.CUT_OFF,
            FaultKind.MEMBER_KILL,
            FaultKind.MEMBER_FREEZE);
    private static final long LONG_NANOS_MAX = 12_000_000_000L; // a session is silent for too long, and more
    private static final int STATEMENT_SECONDS = 7;
    private static final long END_MILLIS = 400_000;
    private static final long RETENTION_MILLIS = 1_000;
    private static final long LIVENESS_MILLIS = 10_000;

    private final Kernel kernel = Kernel.current();
    private final Chance plan;
    private final Scenery scenery;
    private final LogStore store;
    private final Domain outside = new Domain("outside");
    private final @Nullable Cluster cluster;
    private final Queue<Told> waiting = new ArrayDeque<>();
    private final List<Told> all = new ArrayList<>();
    private final int callers;
    private final SimulatedProcess[] processes;
    private int lives;

    Scene(long seed, Set<Integer> leftOut) {
        plan = new Chance(seed * 31);
        Faults faults = new Faults(seed, leftOut);
        Effects effects = new Effects(kernel);
        boolean sweeps = plan.oneIn(3);
        List<XaStore> stores = new Chance(seed * 37).oneIn(3) ? stores(faults, effects) : List.of();
        Map<String, String> config = sweeps
                ? Map.of("dtx.guard.sweep.interval", "300ms", "dtx.guard.retention", "1s", "dtx.retention", "1s")
                : Map.of();
        Limits limits = sweeps ? retainedBriefly() : Limits.DEFAULT;
        SimulatedDatabase bank =
                new SimulatedDatabase(kernel, faults, effects, ISOLATION[plan.below(ISOLATION.length)]);
        store = new LogStore(plan.next(), kernel, limits);
        Receivers receivers = new Receivers(kernel, outside, faults, effects, store.witness());
        scenery = new Scenery(kernel, faults, effects, receivers, bank, stores, config);
        callers = 1 + plan.below(4);
        cluster = plan.oneIn(2) ? new Cluster(kernel, faults, store, outside, limits) : null;
        processes = new SimulatedProcess[cluster == null ? 1 : 2];
        int trips = 1 + plan.below(6);
        for (int i = 0; i < trips; i++) {
            Told unused = ask(trip(i), null);
        }
    }

    private static Limits retainedBriefly() {
        return new Limits(
                Limits.DEFAULT.openBytesMax(),
                Limits.DEFAULT.parkedBytesMax(),
                Limits.DEFAULT.retainedBytesMax(),
                Limits.DEFAULT.transactionBytesMax(),
                RETENTION_MILLIS);
    }

    Faults faults() {
        return scenery.faults();
    }

    long[] effects() {
        return scenery.effects().counts();
    }

    private Trip trip(int number) {
        List<Trip.Leg> legs = new ArrayList<>();
        int count = plan.oneIn(8) ? 0 : 1 + plan.below(4);
        for (int leg = 0; leg < count; leg++) {
            Trip.Kind kind = Trip.Kind.values()[plan.below(5)];
            legs.add(new Trip.Leg(leg, kind, plan.oneIn(2)));
        }
        Trip booked = new Trip(number, legs, plan.oneIn(4), plan.oneIn(3), false);
        return scenery.stores().isEmpty() || plan.oneIn(4)
                ? booked
                : transfer(number, 1 + plan.below(3), booked.fails());
    }

    private static Trip transfer(int number, int legs, boolean fails) {
        List<Trip.Leg> all = new ArrayList<>();
        for (int leg = 0; leg < legs; leg++) {
            all.add(new Trip.Leg(leg, Trip.Kind.TAKE, false));
        }
        return new Trip(number, all, fails, false, true);
    }

    /** One with the habits of PostgreSQL, and one with those of MariaDB. */
    private List<XaStore> stores(Faults faults, Effects effects) {
        faults.ofBranches();
        return List.of(
                new XaStore("east", false, kernel, faults, effects),
                new XaStore("west", true, kernel, faults, effects));
    }

    private Told ask(Trip trip, @Nullable String node) {
        Told told = new Told(trip, node);
        all.add(told);
        waiting.add(told);
        return told;
    }

    private void nextLife(int slot) {
        SimulatedProcess next = new SimulatedProcess(
                "life" + ++lives, scenery, waiting, cluster == null ? this::alone : this::overMembers, node(slot));
        processes[slot] = next;
        next.start(callers);
    }

    private static String node(int slot) {
        return "node" + slot;
    }

    private DtxOverLog alone(SimulatedProcess process, Map<String, String> config, Map<String, DataSource> resources) {
        return new DtxOverLog(config, resources, unused -> new LoneLog(store, kernel, scenery.faults(), process::stop));
    }

    private DtxOverLog overMembers(
            SimulatedProcess process, Map<String, String> config, Map<String, DataSource> resources) {
        Cluster members = Objects.requireNonNull(cluster);
        List<MemberChannel> channels = new ArrayList<>();
        for (int i = 0; i < Cluster.MEMBERS; i++) {
            channels.add(new SimulatedChannel(kernel, members, i, outside, process.domain, process::isCutOff));
        }
        return DtxOverLog.over(new MembersLink(channels, MemberProcess.SESSION_MILLIS, () -> {}), config, resources);
    }

    void play() {
        kernel.endAtMillis(END_MILLIS);
        if (plan.oneIn(4)) {
            kernel.stallOdds(200 + plan.below(5_000));
        }
        if (cluster != null) {
            cluster.start();
        }
        for (int i = 0; i < processes.length; i++) {
            nextLife(i);
        }
        misfortune();
        scenery.faults().heal();
        while (scenery.faults().isHanging()) {
            kernel.pauseNanos(50_000_000);
        }
        kernel.stallOdds(0);
        for (SimulatedProcess each : processes) {
            kernel.killAfterPoints(each.domain, Long.MAX_VALUE);
        }
        kernel.note(() -> "healed");
        restartWhoIsGone();
        awaitEnd();
        awaitWhatIsUnderway();
        Judgement judgement = new Judgement(scenery, store.witness(), all);
        judgement.judgeAnswers(transactions());
        end();
        judgement.judgeEffects();
    }

    private void misfortune() {
        int events = plan.below(6);
        for (int i = 0; i < events; i++) {
            kernel.pauseNanos(plan.between(1_000_000, 1_500_000_000));
            restartWhoIsGone();
            if (!scenery.stores().isEmpty() && plan.oneIn(2)) {
                Told unused = ask(transfer(all.size(), 1 + plan.below(3), false), null);
            }
            FaultKind kind = SCRIPTED.get(plan.below(cluster == null ? 3 : SCRIPTED.size()));
            int slot = plan.below(processes.length);
            int member = plan.below(Cluster.MEMBERS);
            boolean ofMember = plan.oneIn(2);
            long extent =
                    plan.oneIn(3) ? plan.between(1_000_000_000L, LONG_NANOS_MAX) : plan.between(1, 1_000_000_000L);
            if (scenery.faults().strikes(kind)) {
                strike(kind, processes[slot], ofMember ? member : -1, member, extent);
            }
        }
        kernel.pauseNanos(plan.between(1_000_000, 1_500_000_000));
        while (Stream.of(processes).anyMatch(each -> each.domain.isFrozen() && !each.domain.isDead())) {
            kernel.pauseNanos(50_000_000);
        }
    }

    private void strike(FaultKind kind, SimulatedProcess process, int cutMember, int member, long extent) {
        switch (kind) {
            case KILL -> {
                if (extent < 100_000) {
                    kernel.killAfterPoints(process.domain, extent);
                } else {
                    kernel.kill(process.domain);
                }
            }
            case FREEZE -> freeze(process.domain, extent);
            case CLOSE -> process.close(4_000);
            default -> strikeMembers(Objects.requireNonNull(cluster), kind, process, cutMember, member, extent);
        }
    }

    private void strikeMembers(
            Cluster members, FaultKind kind, SimulatedProcess process, int cutMember, int member, long extent) {
        switch (kind) {
            case CUT_OFF -> {
                if (cutMember < 0) {
                    process.cutOff(true);
                    kernel.pauseNanos(extent);
                    process.cutOff(false);
                } else {
                    members.cutOff(cutMember, true);
                    kernel.pauseNanos(extent);
                    members.cutOff(cutMember, false);
                }
            }
            case MEMBER_KILL -> {
                kernel.kill(members.member(member).domain);
                kernel.pauseNanos(extent);
                members.restart(member);
            }
            default -> freeze(members.member(member).domain, extent);
        }
    }

    private void freeze(Domain domain, long nanos) {
        kernel.freeze(domain);
        kernel.pauseNanos(nanos);
        kernel.thaw(domain);
    }

    private void restartWhoIsGone() {
        for (int i = 0; i < processes.length; i++) {
            if (processes[i].isGone()) {
                if (!processes[i].domain.isDead()) {
                    kernel.kill(processes[i].domain);
                }
                nextLife(i);
            }
        }
    }

    /** Everybody is served within ten seconds, and nothing is open then. */
    private void awaitEnd() {
        long end = kernel.millis() + LIVENESS_MILLIS;
        Told[] last = new Told[processes.length * (scenery.stores().isEmpty() ? 1 : 2)];
        askOnceMore(last);
        while (!isQuiet() || !allServed(last)) {
            if (isQuiet()) {
                askOnceMore(last);
            }
            kernel.pauseNanos(50_000_000);
            restartWhoIsGone();
            retryWhatIsParked();
            if (kernel.millis() > end) {
                kernel.complain("ten seconds after the last fault there is open: " + open() + ", in doubt: " + inDoubt()
                        + ", at work: " + atWork() + ", waiting: " + waiting + ", the last ones: "
                        + Arrays.toString(last));
                return;
            }
        }
    }

    private static boolean allServed(@Nullable Told[] last) {
        for (Told each : last) {
            if (each == null || each.answer != Answer.RETURNED) {
                return false;
            }
        }
        return true;
    }

    /** Each process has to serve all kinds of legs; by being refused it learns that others have ended its session. */
    private void askOnceMore(@Nullable Told[] last) {
        for (int slot = 0; slot < last.length; slot++) {
            Told before = last[slot];
            if (before == null || before.answer != Answer.RETURNED) {
                boolean atomic = slot >= processes.length;
                last[slot] = ask(atomic ? transfer(all.size(), 2, false) : ofEachKind(), node(slot % processes.length));
            }
        }
    }

    private Trip ofEachKind() {
        List<Trip.Leg> legs = new ArrayList<>();
        for (Trip.Kind kind : Trip.Kind.values()) {
            legs.add(new Trip.Leg(legs.size(), kind, false));
        }
        return new Trip(all.size(), legs, false, false, false);
    }

    /** What has lost its caller arrives late, when everybody believes that all has ended. */
    private void awaitWhatIsUnderway() {
        while (scenery.effects().underway() > 0) {
            kernel.pauseNanos(50_000_000);
        }
    }

    /** An operator finds what is parked, and the cause mended. */
    private void retryWhatIsParked() {
        Transactions transactions = transactions();
        for (TransactionHistory each : open()) {
            if (each.status() == TransactionStatus.PARKED && transactions != null) {
                kernel.spawn(processes[0].domain, "operator", () -> retry(transactions, each));
            }
        }
    }

    private void retry(Transactions transactions, TransactionHistory parked) {
        try {
            transactions.retry(parked.id());
            Kernel.reached("retried by an operator");
        } catch (DtxException e) {
            kernel.note(() -> "not retried: " + e); // somebody else was faster, or it is asked again
        }
    }

    private boolean isQuiet() {
        for (SimulatedProcess each : processes) {
            if (!each.isIdle()) {
                return false;
            }
        }
        return inDoubt() == 0 && open().isEmpty();
    }

    private int inDoubt() {
        return scenery.stores().stream().mapToInt(XaStore::inDoubt).sum();
    }

    private int atWork() {
        int busy = 0;
        for (SimulatedProcess each : processes) {
            busy += each.busy();
        }
        return busy;
    }

    private @Nullable Transactions transactions() {
        return processes[0].transactions();
    }

    private List<TransactionHistory> open() {
        Transactions transactions = transactions();
        return transactions == null
                ? List.of()
                : transactions.list(each ->
                        each.status() != TransactionStatus.COMMITTED && each.status() != TransactionStatus.COMPENSATED);
    }

    private void end() {
        for (SimulatedProcess each : processes) {
            each.close(10_000);
            if (!each.isClosed()) {
                kernel.complain("it does not close: " + each.domain);
            }
            List<String> left = each.leftBehind();
            for (int i = 0; i < STATEMENT_SECONDS && (i == 0 || !left.isEmpty()); i++) { // a statement may hang still
                kernel.pauseNanos(1_000_000_000);
                left = each.leftBehind();
            }
            if (!left.isEmpty()) {
                kernel.complain("closed, it left behind " + left);
            }
        }
    }
}
