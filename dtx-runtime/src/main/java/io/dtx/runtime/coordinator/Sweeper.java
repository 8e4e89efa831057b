package io.dtx.runtime.coordinator;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.GuardedResource.KnownTransactions;
import io.dtx.runtime.participant.GuardedResource.OpenSession;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.TransactionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Deletes guard rows that nobody can need any more, now and then. */
public final class Sweeper {

    private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());

    private final Coordinator coordinator;
    private final Collection<GuardedResource> resources;
    private final long intervalMillis;
    private final Duration retention;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dtx-sweeper");
        thread.setDaemon(true);
        return thread;
    });

    /** Is ready to {@link #start}. */
    public Sweeper(
            Coordinator coordinator, Collection<GuardedResource> resources, long intervalMillis, long retentionMillis) {
        this.coordinator = coordinator;
        this.resources = resources;
        this.intervalMillis = intervalMillis;
        this.retention = Duration.ofMillis(retentionMillis);
    }

    /** Begins after one interval. */
    public void start() {
        Future<?> unused = timer.scheduleWithFixedDelay( // sweep() catches and logs all that may go wrong
                this::sweep, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
    }

    /** Lets a sweep that runs end, for its resources are closed next; one that has not by then is interrupted. */
    public void close(long waitMillis) {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(waitMillis, TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        List<OpenSession> open;
        Known known;
        try {
            OpenSessions sessions = coordinator.openSessions();
            List<TransactionState> present =
                    coordinator.transactions(); // of a session that had ended before, none is missing
            open = marks(sessions, present);
            known = new Known(sessions.index(), lowest(present));
        } catch (Throwable e) { // what leaves this method ends the timer
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-4026 guard rows were not swept, for nobody says which transactions are open; tried again in "
                            + intervalMillis + " ms.",
                    e);
            return;
        }
        for (GuardedResource each : resources) {
            try {
                long deleted = each.sweep(retention, open, known);
                LOG.log(System.Logger.Level.DEBUG, "DTX-4020 swept {0} guard rows of {1}", deleted, each.name());
            } catch (ResourceUnavailableException | CoordinatorUnavailableException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "DTX-4021 guard rows of " + each.name() + " were not swept; tried again in " + intervalMillis
                                + " ms.",
                        e);
            } catch (Throwable e) {
                LOG.log(System.Logger.Level.ERROR, "DTX-4022 sweeping the guard rows of " + each.name() + " failed", e);
            }
        }
    }

    private final class Known implements KnownTransactions {
        private final long index;
        private final Map<Long, Long> lowest; // by session; those that end meanwhile only raise it

        Known(long index, Map<Long, Long> lowest) {
            this.index = index;
            this.lowest = lowest;
        }

        @Override
        public boolean couldBeOpen(long session) {
            return session > index;
        }

        @Override
        public boolean contains(TransactionId transaction) {
            return coordinator.transaction(transaction) != null;
        }

        @Override
        public long lowest(long session) {
            return lowest.getOrDefault(session, Long.MAX_VALUE);
        }
    }

    private static Map<Long, Long> lowest(List<TransactionState> present) {
        Map<Long, Long> lowest = new HashMap<>();
        present.forEach(each -> lowest.merge(each.id().session(), each.id().number(), Math::min));
        return lowest;
    }

    /**
     * A mark passes a transaction only when its owner has said in the log that no thread serves it, and the state is through with it.
     * Marks only rise, so this process's own one is no lower; and what it has given up since may be in the log, unanswered.
     */
    private List<OpenSession> marks(OpenSessions sessions, List<TransactionState> present) {
        Map<Long, Long> lows = new HashMap<>();
        for (SessionState each : sessions.sessions()) {
            lows.put(each.id(), each.lowWaterMark());
        }
        present.stream()
                .filter(each -> !each.status().isFinal())
                .map(TransactionState::id)
                .forEach(id -> lows.computeIfPresent(id.session(), (s, low) -> Math.min(low, id.number())));
        List<OpenSession> marks = new ArrayList<>();
        lows.forEach((session, low) -> marks.add(new OpenSession(session, low)));
        return marks;
    }
}
