package io.dtx.runtime.simulation.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs histories one after the other, on threads that it keeps. One thread at a time. */
public final class Runner {

    private static final long REAL_SECONDS_MAX = 120;

    private Carrier.Source carriers;

    /** Is ready to run histories. */
    public Runner() {
        this(Carrier.Source.cheapest());
    }

    private Runner(Carrier.Source carriers) {
        this.carriers = carriers;
    }

    /** Returns one that has a thread for each strand, on every virtual machine. */
    public static Runner onThreads() {
        return new Runner(new CarrierThread.Pool());
    }

    /**
     * Runs a history.
     *
     * @param verbose whether it is to be told line by line
     * @param main what its first strand does
     */
    public History run(long seed, boolean verbose, Runnable main) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Kernel kernel = new Kernel(seed, verbose, carriers, main, over::countDown);
        kernel.begin();
        if (!isOver(over)) {
            throw new IllegalStateException("seed " + seed + " hangs: code under simulation waits for something real."
                    + " Take a thread dump of the carriers.");
        }
        if (kernel.isBroken()) {
            carriers = Carrier.Source.cheapest();
        }
        return new History(
                seed,
                kernel.hash(),
                kernel.complaints(),
                kernel.notes(),
                kernel.reached(),
                kernel.steps(),
                kernel.switches(),
                kernel.millis());
    }

    /** Waits in parts, so that the time in which the whole process stands still hardly counts. */
    private static boolean isOver(CountDownLatch history) throws InterruptedException {
        for (int seconds = 0; seconds < REAL_SECONDS_MAX; seconds++) {
            if (history.await(1, TimeUnit.SECONDS)) {
                return true;
            }
        }
        return false;
    }
}
