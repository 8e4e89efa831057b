package io.dtx.runtime.simulation.kernel;

/** What a strand runs on, from its beginning to its end, and only while it has the baton. */
interface Carrier {

    /** Gives it the baton. */
    void go();

    /** Waits for the baton; only its own strand calls. */
    void awaitGo();

    /** Its strand has ended, and passes the baton on next. */
    void free();

    /** Makes carriers for the strands of one history after the other; whoever has the baton calls. */
    interface Source {

        /** Returns one for a strand that begins. */
        Carrier take(Strand strand);

        /** Returns what is cheapest here: {@link Fibers} where there are any, else {@link CarrierThread}s. */
        static Source cheapest() {
            return Fibers.arePossible() ? new Fibers() : new CarrierThread.Pool();
        }
    }
}
