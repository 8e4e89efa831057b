package io.dtx.examples.cluster;

import java.io.IOException;
import java.util.Locale;

/**
 * Something that was done to a process.
 *
 * @param at when it was done, by the wall clock
 * @param until when the process was there again; a killed one never is: another one is started in its place
 */
record Fault(Kind kind, String target, long at, long until) {

    /** What can be done to a process. */
    enum Kind {
        /** SIGKILL, and a new process with its name later. */
        KILL,
        /** SIGSTOP, and SIGCONT later. */
        PAUSE,
        /** It goes on, but reaches no member, and none reaches it; databases it does reach. */
        CUT
    }

    /** Does it. */
    static Fault of(Kind kind, String target, Cluster cluster) throws IOException, InterruptedException {
        long at = System.currentTimeMillis();
        switch (kind) {
            case KILL -> cluster.process(target).kill();
            case PAUSE -> cluster.process(target).pause();
            case CUT -> cluster.wires.cutOff(target);
        }
        return new Fault(kind, target, at, Long.MAX_VALUE);
    }

    /** Undoes it. */
    Fault heal(Cluster cluster) throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        switch (kind) {
            case KILL -> cluster.start(target);
            case PAUSE -> cluster.process(target).resume();
            case CUT -> cluster.wires.heal(target);
        }
        return new Fault(kind, target, at, kind == Kind.KILL ? Long.MAX_VALUE : now);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + target;
    }
}
