package io.dtx.runtime.simulation;

import io.dtx.runtime.DtxOverLog;
import io.dtx.runtime.Transactions;
import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One life of a process: it opens its Dtx, serves callers, and is closed, or dies. */
final class SimulatedProcess {

    private final Kernel kernel;
    final Domain domain;
    private final DtxOverLog dtx;
    private final Trips trips;
    private final @Nullable Transfers transfers;
    private final Queue<Told> waiting;
    private final String node;
    private boolean running;
    private boolean stopped;
    private boolean cutOff;
    private boolean closing;
    private boolean closed;
    private int idle;
    private int callers;
    private int busy;

    /**
     * Is ready to {@link #start}; makes nothing that has a strand.
     *
     * @param coordinator makes the Dtx, from its configuration and its resources
     */
    SimulatedProcess(String name, Scenery scenery, Queue<Told> waiting, Opening coordinator, String node) {
        this.kernel = scenery.kernel();
        this.domain = new Domain(name);
        this.waiting = waiting;
        this.node = node;
        Map<String, String> values = new HashMap<>(scenery.config());
        values.put("dtx.log", "memory");
        values.put("dtx.node", node);
        values.put("dtx.application", "trips");
        values.put("dtx.compensation.wait", "1s");
        values.put("dtx.compensation.attempt-timeout", "1s");
        values.put("dtx.close.wait", "2s");
        values.put("dtx.xa.recovery.interval", "1s");
        values.put("dtx.xa.parallel", "false");
        this.dtx = coordinator.open(this, values, Map.of("bank", SimulatedConnection.source(scenery.bank())));
        scenery.stores().forEach(each -> dtx.xaResource(each.name(), each));
        this.trips = dtx.create(Trips.class, scenery.receivers(), dtx.resource("bank"), scenery.faults());
        this.transfers = scenery.stores().isEmpty()
                ? null
                : dtx.create(
                        Transfers.class,
                        scenery.stores().stream()
                                .map(each -> dtx.resource(each.name(), Ledger.class))
                                .toList());
    }

    /** How a process comes to its log. */
    interface Opening {
        /** Makes a Dtx that is not started. */
        DtxOverLog open(SimulatedProcess process, Map<String, String> config, Map<String, DataSource> resources);
    }

    /** Its log has stopped for good: it has to be started again. */
    void stop() {
        stopped = true;
    }

    void cutOff(boolean cut) {
        kernel.note(() -> (cut ? "cut off " : "healed ") + domain);
        cutOff = cut;
    }

    boolean isCutOff() {
        return cutOff;
    }

    void start(int callersMax) {
        callers = callersMax;
        kernel.spawn(domain, "start", () -> {
            try {
                dtx.start();
            } catch (RuntimeException e) {
                kernel.note(() -> "not started: " + e);
                stopped = true;
                return;
            }
            running = true;
            for (int i = 0; i < callersMax; i++) {
                kernel.spawn(domain, "caller", this::serve);
            }
        });
    }

    private void serve() {
        while (!closing && !stopped) {
            Told next = next();
            if (next == null) {
                idle++;
                kernel.pauseNanos(20_000_000);
                idle--;
            } else {
                busy++;
                call(next);
                busy--;
            }
        }
    }

    private @Nullable Told next() {
        for (Told each : waiting) {
            if (each.isFor(node)) {
                waiting.remove(each);
                return each;
            }
        }
        return null;
    }

    private void call(Told told) {
        kernel.note(() -> "begin " + told);
        try {
            kernel.mix(serve(told.trip, told));
            told.returned();
        } catch (Exception e) {
            told.threw(e);
        }
        kernel.note(() -> "told " + told);
    }

    private int serve(Trip trip, Told told) throws SQLException {
        if (trip.atomic() && transfers != null) {
            return transfers.transfer(trip, told);
        }
        return trip.patient() ? trips.bookPatiently(trip, told) : trips.book(trip, told);
    }

    /** Closes it; returns when it is, or has died meanwhile. */
    void close(long millisMax) {
        closing = true;
        kernel.spawn(domain, "close", () -> {
            dtx.close();
            closed = true;
        });
        long end = kernel.millis() + millisMax;
        while (!closed && !domain.isDead() && kernel.millis() < end) {
            kernel.pauseNanos(10_000_000);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns whether it has to be started again. */
    boolean isGone() {
        return domain.isDead() || stopped || closed;
    }

    /** Returns whether it serves, and nobody waits for anything. */
    boolean isIdle() {
        return running && !isGone() && idle == callers && waiting.isEmpty();
    }

    int busy() {
        return busy;
    }

    @Nullable
    Transactions transactions() {
        return running ? dtx.transactions() : null;
    }

    /** Returns what must not be there any more once it is closed. */
    List<String> leftBehind() {
        return new ArrayList<>(domain.alive());
    }
}
