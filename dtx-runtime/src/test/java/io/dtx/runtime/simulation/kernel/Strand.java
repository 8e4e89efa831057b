package io.dtx.runtime.simulation.kernel;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link Thread} becomes: runs on a real thread of a pool, while it has the baton. Has the methods of a thread that are used. */
public final class Strand {

    enum State {
        NEW,
        READY,
        RUNNING,
        WAITING,
        DONE
    }

    final Kernel kernel;
    final Domain domain;
    final int id;
    final Map<Object, @Nullable Object> locals = new IdentityHashMap<>(4);
    private final String name;
    private final Runnable task;
    private final List<Strand> joiners = new ArrayList<>(0);
    State state = State.NEW;
    long wakeAt = Long.MAX_VALUE;
    long order;
    long rank;
    boolean dying;
    int initializing;
    boolean permit;
    boolean parked;

    @Nullable
    Strand returnTo;

    @Nullable
    Carrier carrier;

    @Nullable
    RuntimeException thrown;

    private boolean interrupted;

    /** As {@link Thread#Thread(Runnable, String)}. */
    public Strand(Runnable task, String name) {
        this(current(), task, name);
    }

    private Strand(Strand creator, Runnable task, String name) {
        this(creator.kernel, creator.domain, task, name);
    }

    Strand(Kernel kernel, Domain domain, Runnable task, String name) {
        this.kernel = kernel;
        this.domain = domain;
        this.task = task;
        this.name = name;
        this.id = kernel.nextId();
        this.rank = kernel.nextRank();
    }

    /** Returns the strand that runs. */
    static Strand current() {
        if (Thread.currentThread() instanceof Track track) {
            return track.strand();
        }
        throw new IllegalStateException("code under simulation was called from outside of it");
    }

    /** As {@link Thread#currentThread()}. */
    public static Strand currentThread() {
        return current();
    }

    /** As {@link Thread#yield()}. */
    public static void yield() {
        Kernel.point();
    }

    /** As {@link Thread#start()}. */
    public void start() {
        kernel.start(this);
    }

    /** As {@link Thread#setDaemon}. */
    public void setDaemon(boolean daemon) {}

    /** As {@link Thread#getName()}. */
    public String getName() {
        return name;
    }

    /** As {@link Thread#getContextClassLoader()}. */
    public @Nullable ClassLoader getContextClassLoader() {
        return null;
    }

    /** As {@link Thread#isAlive()}. */
    public boolean isAlive() {
        Kernel.point();
        return state != State.NEW && state != State.DONE;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** As {@link Thread#join()}. */
    public void join() throws InterruptedException {
        join(0);
    }

    /** As {@link Thread#join(long)}. */
    public void join(long millis) throws InterruptedException {
        Strand me = current();
        long end = millis == 0 ? Long.MAX_VALUE : kernel.nanos() + millis * 1_000_000;
        Kernel.point();
        while (state != State.DONE && state != State.NEW && kernel.nanos() < end) {
            me.refuseInterrupted();
            joiners.add(me);
            kernel.suspend(me, end);
            joiners.remove(me);
        }
    }

    /** As {@link Thread#sleep(long)}. */
    public static void pause(long millis) throws InterruptedException {
        Strand me = current();
        long end = me.kernel.nanos() + millis * 1_000_000;
        do {
            me.refuseInterrupted();
            me.kernel.suspend(me, end);
        } while (me.kernel.nanos() < end);
    }

    /** As {@link Thread#interrupt()}. */
    public void interrupt() {
        interrupted = true;
        kernel.wake(this);
    }

    /** As {@link Thread#isInterrupted()}. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /** As {@link Thread#interrupted()}. */
    public static boolean interrupted() {
        Strand me = current();
        boolean was = me.interrupted;
        me.interrupted = false;
        return was;
    }

    void refuseInterrupted() throws InterruptedException {
        if (interrupted) {
            interrupted = false;
            throw new InterruptedException();
        }
    }

    /** It initializes a class, which only the first history does that needs it: there are no points until its end. */
    public static void initializes() {
        if (Thread.currentThread() instanceof Track track) {
            track.strand().initializing++;
        }
    }

    /** It has initialized a class. */
    public static void initialized() {
        if (Thread.currentThread() instanceof Track track) {
            track.strand().initializing--;
        }
    }

    /** Runs to its end, on its carrier. */
    void run() {
        try {
            if (!dying) {
                task.run();
            }
        } catch (Killed e) {
            kernel.count();
        } catch (Throwable e) {
            if (!dying) {
                kernel.died(this, e);
            }
        }
        locals.clear();
        joiners.forEach(kernel::wake);
        kernel.ended(this);
    }

    @Override
    public String toString() {
        return domain + "/" + name + "#" + id;
    }
}
