package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.objectstore.ObjectStoreAPI;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Narayana} becomes under simulation, where many processes are in one JVM: each has its own name and store. */
final class SimulatedNarayana {

    private String node = "";
    private @Nullable DecisionStore records;

    private SimulatedNarayana() {}

    private static SimulatedNarayana here() {
        return Kernel.current().domain().own(SimulatedNarayana.class, SimulatedNarayana::new);
    }

    static void requireClasses() {}

    static boolean take(Object user, String name) {
        here().node = name;
        return true;
    }

    static void rename(Object user, String name) {
        here().node = name;
    }

    static void use(ObjectStoreAPI store) {
        here().records = (DecisionStore) store;
    }

    static void giveBack(Object user) {}

    /** Returns what the branches of this process are named after. */
    static String node() {
        return here().node;
    }

    /** Returns where this process writes its decisions. */
    static DecisionStore records() {
        return Objects.requireNonNull(here().records);
    }
}
