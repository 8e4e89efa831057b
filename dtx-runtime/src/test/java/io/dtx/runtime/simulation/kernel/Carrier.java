package io.dtx.runtime.simulation.kernel;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A real thread that runs one strand after the other, each only while it has the baton. */
final class Carrier extends Thread {

    private final Pool pool;
    private @Nullable Strand strand;
    private volatile boolean go;

    private Carrier(Pool pool, int number) {
        super("carrier-" + number);
        this.pool = pool;
        setDaemon(true);
    }

    Strand strand() {
        Strand present = strand;
        if (present == null) {
            throw new IllegalStateException("an idle carrier runs");
        }
        return present;
    }

    /** Gives it the baton. */
    void go() {
        go = true;
        LockSupport.unpark(this);
    }

    /** Waits for the baton; only its own thread calls. */
    void awaitGo() {
        while (!go) {
            LockSupport.park(this);
        }
        go = false;
    }

    @Override
    public void run() {
        while (true) {
            awaitGo();
            strand().run();
        }
    }

    /** Is free for another strand; its own thread still runs, until it has passed the baton on. */
    void free() {
        strand = null;
        pool.idle.push(this);
    }

    /** The carriers of one runner of histories; whoever has the baton takes and frees. */
    static final class Pool {

        private final ArrayDeque<Carrier> idle = new ArrayDeque<>();
        private int made;

        Carrier take(Strand strand) {
            Carrier carrier = idle.poll();
            if (carrier == null) {
                carrier = new Carrier(this, ++made);
                carrier.start();
            }
            carrier.strand = strand;
            return carrier;
        }
    }
}
