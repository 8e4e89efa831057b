package io.dtx.runtime.simulation.kernel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Carriers that are continuations of one thread: the baton goes from one to the other without the operating system. */
final class Fibers extends Track implements Carrier.Source {

    private static final @Nullable Continuations CONTINUATIONS = Continuations.find();

    private volatile @Nullable Fiber next;

    Fibers() {
        super("fibers");
        start();
    }

    static boolean arePossible() {
        return CONTINUATIONS != null;
    }

    private static Continuations continuations() {
        if (CONTINUATIONS == null) {
            throw new IllegalStateException("there are no continuations here");
        }
        return CONTINUATIONS;
    }

    @Override
    public Carrier take(Strand strand) {
        return new Fiber(strand);
    }

    @Override
    public void run() {
        while (true) {
            Fiber going = next;
            if (going == null) {
                LockSupport.park(this);
            } else {
                next = null;
                strand(going.strand);
                continuations().run(going.continuation);
            }
        }
    }

    private final class Fiber implements Carrier {

        private final Strand strand;
        private final Object continuation;

        Fiber(Strand strand) {
            this.strand = strand;
            this.continuation = continuations().of(strand::run);
        }

        @Override
        public void go() {
            next = this;
            if (Thread.currentThread() != Fibers.this) { // the first strand of a history
                LockSupport.unpark(Fibers.this);
            }
        }

        @Override
        public void awaitGo() {
            try {
                continuations().leave();
            } catch (IllegalStateException e) {
                strand.kernel.broken(strand, e);
                while (true) { // nobody can go on: another thread takes over with the next history
                    LockSupport.park(this);
                }
            }
        }

        @Override
        public void free() {}
    }
}
