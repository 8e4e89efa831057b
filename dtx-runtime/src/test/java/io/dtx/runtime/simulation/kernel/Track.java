package io.dtx.runtime.simulation.kernel;

import org.jspecify.annotations.Nullable;

/** A real thread that runs strands, and knows which one it runs. */
abstract class Track extends Thread {

    private @Nullable Strand strand;

    Track(String name) {
        super(name);
        setDaemon(true);
    }

    Strand strand() {
        Strand present = strand;
        if (present == null) {
            throw new IllegalStateException("an idle carrier runs");
        }
        return present;
    }

    void strand(@Nullable Strand runs) {
        strand = runs;
    }
}
