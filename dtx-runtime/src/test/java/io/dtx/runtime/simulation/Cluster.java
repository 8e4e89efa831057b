package io.dtx.runtime.simulation;

import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Three members with one log: whoever leads commits, another one is elected when that one is dead, stands still or is cut off, and
 * now and then without a reason. What the former leader was about to commit is lost, or is committed before anything of the new one.
 */
final class Cluster {

    static final int MEMBERS = 3;

    private final Kernel kernel;
    private final Faults faults;
    private final LogStore store;
    private final Domain outside;
    private final Limits limits;
    private final MemberProcess[] members = new MemberProcess[MEMBERS];
    private final boolean[] cutOff = new boolean[MEMBERS];
    private final List<MemberLog> logs = new ArrayList<>();
    private @Nullable MemberLog leader;
    private long term;
    private int lives;

    Cluster(Kernel kernel, Faults faults, LogStore store, Domain outside, Limits limits) {
        this.limits = limits;
        this.kernel = kernel;
        this.faults = faults;
        this.store = store;
        this.outside = outside;
    }

    void start() {
        for (int i = 0; i < MEMBERS; i++) {
            restart(i);
        }
        holdElections();
    }

    /** Somebody is elected whenever nobody leads. */
    void holdElections() {
        kernel.spawn(outside, "elections", this::elections);
    }

    /** Starts a member, again if it was killed. */
    void restart(int member) {
        next(member).start();
    }

    /** Returns the next life of a member, which has begun: it can vote, but applies nothing before it is started. */
    MemberProcess next(int member) {
        MemberProcess next = new MemberProcess("member" + member + "." + ++lives, kernel, this, store, limits);
        members[member] = next;
        return next;
    }

    MemberProcess member(int number) {
        return members[number];
    }

    void cutOff(int member, boolean cut) {
        kernel.note(() -> (cut ? "cut off " : "healed ") + members[member].domain);
        cutOff[member] = cut;
    }

    boolean isCutOff(int member) {
        return cutOff[member];
    }

    Faults faults() {
        return faults;
    }

    long term() {
        return term;
    }

    boolean leads(MemberLog log) {
        return leader == log;
    }

    /** Returns whether a member reaches one other at least. */
    boolean hasMajority(MemberLog log) {
        int reached = 0;
        for (int i = 0; i < MEMBERS; i++) {
            boolean self = members[i].domain == log.domain;
            if (self && cutOff[i]) {
                return false;
            }
            reached += !cutOff[i] && isUp(i) ? 1 : 0;
        }
        return reached * 2 > MEMBERS;
    }

    private boolean isUp(int member) {
        return !members[member].domain.isDead() && !members[member].domain.isFrozen();
    }

    void joins(MemberLog log) {
        logs.add(log);
    }

    void commit(LogEntry entry) {
        kernel.note(() -> "committed " + entry.index() + " in term " + entry.term() + " at " + entry.time() + " "
                + entry.batches());
        store.add(entry);
        tellAll();
    }

    private void tellAll() {
        logs.removeIf(each -> each.domain.isDead());
        List.copyOf(logs).forEach(MemberLog::tell); // another may join meanwhile, and reads what is there by itself
    }

    private void elections() {
        while (true) {
            kernel.pauseNanos(kernel.chance().between(20_000_000, 400_000_000));
            MemberLog present = leader;
            boolean leads =
                    present != null && !present.domain.isDead() && !present.domain.isFrozen() && hasMajority(present);
            if (!leads || faults.strikes(FaultKind.ELECTION)) {
                elect();
            }
        }
    }

    private void elect() {
        List<MemberLog> able = logs.stream()
                .filter(each -> !each.domain.isDead() && !each.domain.isFrozen() && hasMajority(each))
                .toList();
        if (able.isEmpty()) {
            return;
        }
        MemberLog former = leader;
        MemberLog next = able.get(kernel.chance().below(able.size()));
        LogEntry left = former == null ? null : former.takeInFlight();
        if (left != null && kernel.chance().oneIn(2)) {
            kernel.note(() -> "the entry of the former leader is kept");
            Kernel.reached("entry of the former leader kept");
            commit(new LogEntry(store.lastIndex() + 1, left.term(), left.time(), left.wallClock(), left.batches()));
        }
        term++;
        leader = next;
        if (former != null && former != next) {
            Kernel.reached("another leader");
        }
        store.add(new LogEntry(store.lastIndex() + 1, term, store.lastTime(), 0, List.of()));
        tellAll();
    }
}
