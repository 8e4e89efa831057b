package io.dtx.runtime.simulation.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of one history. Exactly one strand runs; at each point of it, and whenever it has to wait, the seed decides who
 * goes on: either anybody who can, or, in half of the histories, the one of the highest rank, where ranks change now and then
 * (after Burckhardt, Kothari, Musuvathi, Nagarakatte 2010). Only whoever has the baton calls it.
 */
public final class Kernel {

    private static final long START_NANOS = 1_000_000_000_000L;
    private static final long STEPS_MAX = 3_000_000;
    private static final String AGAIN = " again";
    private static final int[] POINT_ODDS = {2, 4, 8, 16, 32, 64, 128, 512};

    private final Carrier.Source carriers;
    private final Chance chance;
    private final int pointOdds;
    private final boolean ranked;
    private final List<Strand> ready = new ArrayList<>();
    private final PriorityQueue<Strand> asleep = new PriorityQueue<>(
            Comparator.<Strand>comparingLong(each -> each.wakeAt).thenComparingLong(each -> each.order));
    private final List<String> notes = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> reached = new TreeSet<>();
    private final boolean verbose;
    private final Strand root;
    private final Runnable whenOver;
    private final List<Strand> started = new ArrayList<>();
    private boolean unseen;
    private boolean broken;
    private int stallOdds;
    private int ids;
    private long orders;
    private long nanos = START_NANOS;
    private long endNanos = Long.MAX_VALUE;
    private long steps;
    private long switches;
    private long hash;

    Kernel(long seed, boolean verbose, Carrier.Source carriers, Runnable main, Runnable whenOver) {
        this.carriers = carriers;
        this.verbose = verbose;
        this.chance = new Chance(seed);
        this.pointOdds = POINT_ODDS[chance.below(POINT_ODDS.length)];
        this.ranked = chance.oneIn(2);
        this.whenOver = whenOver;
        this.root = new Strand(this, new Domain("world"), () -> run(main), "main");
    }

    private void run(Runnable main) {
        try {
            main.run();
        } catch (RuntimeException | Error e) {
            died(root, e);
        } finally {
            for (Strand each : List.copyOf(started)) {
                if (each != root && !each.isDone()) {
                    each.domain.dead = true;
                    end(each, root);
                }
            }
        }
    }

    /** Returns the kernel of the strand that runs. */
    public static Kernel current() {
        return Strand.current().kernel;
    }

    /** A place where others may come between, or where the process of the strand that runs may die. */
    public static void point() {
        if (Thread.currentThread() instanceof Track track) {
            Strand me = track.strand();
            me.kernel.point(me);
        }
    }

    private void point(Strand me) {
        if (me.initializing > 0) {
            return;
        }
        if (me.dying) {
            throw new Killed();
        }
        if (--me.domain.diesAfterPoints < 0) {
            kill(me.domain);
        }
        nanos += 40;
        if (++steps > STEPS_MAX) {
            stop(me, "it has taken " + steps + " steps and does not end");
        }
        if (!ready.isEmpty() && chance.oneIn(pointOdds)) {
            me.rank = nextRank();
            makeReady(me);
            dispatch(me);
        } else if (stallOdds > 0 && chance.oneIn(stallOdds)) {
            suspend(me, nanos + chance.between(1_000, 2_000_000_000));
        }
    }

    /** Lets a strand, once in so many points, stand still for up to two seconds; 0: none does. */
    public void stallOdds(int odds) {
        stallOdds = odds;
    }

    /** Returns the random numbers of this history. */
    public Chance chance() {
        return chance;
    }

    /** Returns the process of the strand that runs. */
    public Domain domain() {
        return Strand.current().domain;
    }

    /** Returns the time, as {@link System#nanoTime()}. */
    public long nanos() {
        return nanos;
    }

    /** Returns the time since the beginning. */
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos - START_NANOS);
    }

    /** Ends the history with an error when this time, since the beginning, is reached. */
    public void endAtMillis(long millis) {
        endNanos = START_NANOS + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Begins a strand in another domain than the caller's. */
    public Strand spawn(Domain domain, String name, Runnable task) {
        Strand strand = new Strand(this, domain, task, name);
        start(strand);
        return strand;
    }

    /** Lets time pass for the caller. */
    public void pauseNanos(long duration) {
        Strand me = Strand.current();
        long end = nanos + duration;
        do {
            suspend(me, end);
        } while (nanos < end);
    }

    /** Kills a process: none of its strands does anything any more. When it is the caller's own, this does not return. */
    public void kill(Domain domain) {
        Strand me = Strand.current();
        domain.dead = true;
        domain.diesAfterPoints = Long.MAX_VALUE;
        note(() -> "killed " + domain);
        for (Strand each : List.copyOf(domain.strands)) {
            if (each != me && !each.isDone()) {
                end(each, me);
            }
        }
        if (me.domain == domain) {
            me.dying = true;
            throw new Killed();
        }
    }

    private void end(Strand dying, Strand me) {
        ready.remove(dying);
        asleep.remove(dying);
        dying.domain.frozenReady.remove(dying);
        dying.dying = true;
        Carrier carrier = dying.carrier;
        if (carrier == null) {
            dying.state = Strand.State.DONE;
            return;
        }
        dying.state = Strand.State.RUNNING;
        dying.returnTo = me;
        carrier.go();
        carrier(me).awaitGo();
    }

    /** Lets a process die at the given number of points from now on. */
    public void killAfterPoints(Domain domain, long points) {
        domain.diesAfterPoints = points;
    }

    /** Stops all strands of a process, other than the caller, until each freeze is followed by its {@link #thaw}. */
    public void freeze(Domain domain) {
        note(() -> "froze " + domain);
        domain.freezes++;
        for (Strand each : domain.strands) {
            if (each.state == Strand.State.READY && ready.remove(each)) {
                domain.frozenReady.add(each);
            }
        }
    }

    /** Lets the strands of a process go on, unless somebody else has frozen it, too. */
    public void thaw(Domain domain) {
        note(() -> "thawed " + domain);
        if (--domain.freezes == 0) {
            ready.addAll(domain.frozenReady);
            domain.frozenReady.clear();
        }
    }

    /** Adds a line to the history. */
    public void note(Supplier<String> line) {
        hash = (hash ^ nanos) * 0x9E3779B97F4A7C15L;
        tell(line);
    }

    /** Adds a line that is not part of what the history is told from others by. */
    void tell(Supplier<String> line) {
        if (verbose) {
            notes.add(millis() + " " + line.get());
        }
    }

    /** Adds numbers to what the history is told from others by. */
    public void mix(long number) {
        hash = (hash ^ number) * 0xD6E8FEB86659FD93L;
        hash ^= hash >>> 29;
    }

    /** Notes that something rare has happened, and that it has happened again in the same process; changes nothing. */
    public static void reached(String what) {
        if (Thread.currentThread() instanceof Track track) {
            track.strand().kernel.reach(what);
        }
    }

    private void reach(String what) {
        if (!unseen) {
            reached.add(domain().reached.add(what) ? what : what + AGAIN);
        }
    }

    /** Runs something at once, of which nothing is {@link #reached}: it is no part of the history. */
    public void unseen(Runnable task) {
        unseen = true;
        try {
            task.run();
        } finally {
            unseen = false;
        }
    }

    /** Notes something that must not happen. */
    public void complain(String complaint) {
        complaints.add(complaint);
        note(() -> "COMPLAINT " + complaint);
    }

    List<String> notes() {
        return notes;
    }

    Set<String> reached() {
        return reached;
    }

    List<String> complaints() {
        return complaints;
    }

    long hash() {
        return hash;
    }

    long steps() {
        return steps;
    }

    long switches() {
        return switches;
    }

    boolean isVerbose() {
        return verbose;
    }

    int nextId() {
        return ++ids;
    }

    long nextRank() {
        return chance.next() >>> 1;
    }

    void start(Strand strand) {
        Strand me = Strand.current();
        if (me.dying || strand.domain.dead) {
            throw new Killed();
        }
        if (strand.state != Strand.State.NEW) {
            throw new IllegalThreadStateException();
        }
        strand.domain.strands.add(strand);
        started.add(strand);
        makeReady(strand);
        point(me);
    }

    private void makeReady(Strand strand) {
        strand.state = Strand.State.READY;
        (strand.domain.isFrozen() ? strand.domain.frozenReady : ready).add(strand);
    }

    /** Waits until somebody wakes the strand, or until a time. Whoever calls looks again at what it waits for. */
    void suspend(Strand me, long until) {
        if (me.initializing > 0) {
            throw new IllegalStateException("a class waits for somebody while it is initialized");
        }
        if (me.dying) {
            throw new Killed();
        }
        me.state = Strand.State.WAITING;
        me.wakeAt = until;
        if (until != Long.MAX_VALUE) {
            me.order = ++orders;
            asleep.add(me);
        }
        dispatch(me);
    }

    void wake(Strand strand) {
        if (strand.state == Strand.State.WAITING) {
            if (strand.wakeAt != Long.MAX_VALUE) {
                asleep.remove(strand);
                strand.wakeAt = Long.MAX_VALUE;
            }
            makeReady(strand);
        }
    }

    private void dispatch(Strand me) {
        Strand next = pick();
        if (next != me) {
            switches++;
            pass(next);
            carrier(me).awaitGo();
        }
        me.state = Strand.State.RUNNING;
        if (me.dying) {
            throw new Killed();
        }
        RuntimeException thrown = me.thrown;
        if (thrown != null) {
            me.thrown = null;
            throw thrown;
        }
    }

    private void pass(Strand next) {
        next.state = Strand.State.RUNNING;
        Carrier carrier = next.carrier;
        if (carrier == null) {
            carrier = carriers.take(next);
            next.carrier = carrier;
        }
        carrier.go();
    }

    private Strand pick() {
        nanos += 500 + (chance.next() & 0xfff);
        wakeSleepers();
        while (ready.isEmpty()) {
            Strand first = asleep.peek();
            if (first == null || first.wakeAt > endNanos) {
                return stopRoot(first == null ? "everybody waits for ever" : "its time is over");
            }
            nanos = Math.max(nanos, first.wakeAt);
            wakeSleepers();
        }
        if (nanos > endNanos) {
            return stopRoot("its time is over");
        }
        int place = ranked ? highest() : chance.below(ready.size());
        Strand next = ready.get(place);
        Strand last = ready.remove(ready.size() - 1);
        if (last != next) {
            ready.set(place, last);
        }
        mix(next.id + nanos);
        return next;
    }

    private int highest() {
        int best = 0;
        for (int i = 1; i < ready.size(); i++) {
            if (ready.get(i).rank > ready.get(best).rank) {
                best = i;
            }
        }
        return best;
    }

    private void wakeSleepers() {
        for (Strand first = asleep.peek(); first != null && first.wakeAt <= nanos; first = asleep.peek()) {
            asleep.poll();
            first.wakeAt = Long.MAX_VALUE;
            makeReady(first);
        }
    }

    private void stop(Strand me, String why) {
        if (me == root) {
            endNanos = Long.MAX_VALUE;
            steps = 0;
            throw new SimulationError(why);
        }
        Strand next = stopRoot(why);
        makeReady(me);
        pass(next);
        carrier(me).awaitGo();
        throw new Killed();
    }

    /** Lets the main strand end the history, for it cannot go on. */
    private Strand stopRoot(String why) {
        endNanos = Long.MAX_VALUE;
        steps = 0;
        ready.remove(root);
        asleep.remove(root);
        root.wakeAt = Long.MAX_VALUE;
        root.thrown = new SimulationError(why);
        return root;
    }

    /** A strand cannot give the baton away: that is the end of the history, as it is. */
    void broken(Strand strand, Throwable cause) {
        broken = true;
        died(strand, cause);
        whenOver.run();
    }

    boolean isBroken() {
        return broken;
    }

    void count() {
        mix(1);
    }

    void died(Strand strand, Throwable cause) {
        if (strand == root) {
            complain("the history ended with " + cause);
        } else {
            complain(strand + " died of " + cause);
        }
        if (verbose) {
            for (StackTraceElement each : cause.getStackTrace()) {
                notes.add("    at " + each);
            }
        }
    }

    /** The strand that runs has come to its end: passes the baton on. */
    void ended(Strand strand) {
        strand.state = Strand.State.DONE;
        Carrier carrier = carrier(strand);
        strand.carrier = null;
        carrier.free();
        Strand back = strand.returnTo;
        if (back != null) {
            carrier(back).go();
        } else if (strand == root) {
            whenOver.run();
        } else {
            pass(pick());
        }
    }

    /** Begins with the main strand; called from outside. */
    void begin() {
        root.domain.strands.add(root);
        started.add(root);
        pass(root);
    }

    private static Carrier carrier(@Nullable Strand strand) {
        Carrier carrier = strand == null ? null : strand.carrier;
        if (carrier == null) {
            throw new IllegalStateException(strand + " has no carrier");
        }
        return carrier;
    }
}
