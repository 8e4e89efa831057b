package io.dtx.runtime.simulation.kernel;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;

/** A carrier that is a thread, on every virtual machine: each hand-over of the baton is two of the operating system's. */
final class CarrierThread extends Track implements Carrier {

    private final Pool pool;
    private volatile boolean go;

    private CarrierThread(Pool pool, int number) {
        super("carrier-" + number);
        this.pool = pool;
    }

    @Override
    public void go() {
        go = true;
        LockSupport.unpark(this);
    }

    @Override
    public void awaitGo() {
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
    @Override
    public void free() {
        strand(null);
        pool.idle.push(this);
    }

    /** Those of one runner of histories. */
    static final class Pool implements Source {

        private final ArrayDeque<CarrierThread> idle = new ArrayDeque<>();
        private int made;

        @Override
        public Carrier take(Strand strand) {
            CarrierThread carrier = idle.poll();
            if (carrier == null) {
                carrier = new CarrierThread(this, ++made);
                carrier.start();
            }
            carrier.strand(strand);
            return carrier;
        }
    }
}
