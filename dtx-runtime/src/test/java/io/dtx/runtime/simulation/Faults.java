package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.kernel.Chance;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which faults a history has: some kinds of them, each fault with a number, so that single ones can be left out. */
final class Faults {

    private final Chance chance;
    private final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    private final Set<Integer> leftOut;
    private final List<String> struck = new ArrayList<>();
    private boolean healed;
    private int hanging;

    /**
     * Chooses the kinds.
     *
     * @param leftOut the numbers of faults that do not strike
     */
    Faults(long seed, Set<Integer> leftOut) {
        this.chance = new Chance(~seed);
        this.leftOut = leftOut;
        for (FaultKind each : FaultKind.values()) {
            if (!FaultKind.OF_BRANCHES.contains(each) && chance.oneIn(3)) {
                kinds.add(each);
            }
        }
    }

    /** Returns that nothing goes wrong. */
    static Faults none() {
        Faults none = new Faults(0, Set.of());
        none.heal();
        return none;
    }

    /** Lets some of those strike, too, that branches meet. */
    void ofBranches() {
        for (FaultKind each : FaultKind.OF_BRANCHES) {
            if (chance.oneIn(2)) {
                kinds.add(each);
            }
        }
    }

    Set<FaultKind> kinds() {
        return kinds;
    }

    /** Returns whether a fault strikes here and now. */
    boolean strikes(FaultKind kind) {
        return !healed
                && kinds.contains(kind)
                && (kind.odds == 0 || chance.oneIn(kind.odds))
                && !leftOut.contains(note(kind));
    }

    private int note(FaultKind kind) {
        struck.add(kind.name());
        return struck.size() - 1;
    }

    /** Whoever calls hangs for so long. */
    void hang(Kernel kernel, long nanos) {
        hanging++;
        try {
            kernel.pauseNanos(nanos);
        } finally {
            hanging--;
        }
    }

    /** Returns whether somebody hangs yet: what was healed in the meantime does not end that. */
    boolean isHanging() {
        return hanging > 0;
    }

    /** Nothing goes wrong any more. */
    void heal() {
        healed = true;
    }

    /** Returns the kinds of those that were struck or left out, by number. */
    List<String> struck() {
        return struck;
    }
}
