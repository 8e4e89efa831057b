package io.dtx.runtime.participant.xa;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.participant.DecisionLog.Decision;
import io.dtx.runtime.participant.ResourceUnavailableException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Ends every branch in doubt that nobody works on: of a dead session, of this one when a resource manager failed in the middle,
 * of a late one that was prepared after its owner had been fenced. What the log says of a branch's transaction is all there is
 * to know: a decision commits it, and where there is none and will be none it is rolled back (presumed abort, Mohan 1986).
 */
final class Recovery {

    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    private final long cluster;
    private volatile long session;
    private final Collection<RegisteredResource> resources;
    private final OpenTransactions open;
    private final DecisionLog log;
    private final Executor workers;
    private final Set<String> told = ConcurrentHashMap.newKeySet(); // what need not be said again

    /**
     * Is ready for the first pass.
     *
     * @param workers ask the resources at the same time, so that a slow one does not hold up the others
     */
    Recovery(
            long cluster,
            long session,
            Collection<RegisteredResource> resources,
            OpenTransactions open,
            DecisionLog log,
            Executor workers) {
        this.cluster = cluster;
        this.session = session;
        this.resources = resources;
        this.open = open;
        this.log = log;
        this.workers = workers;
    }

    /** The session of this process is another one from now on. */
    void nextSession(long next) {
        session = next;
    }

    /** Looks at every resource once; returns whether nothing is left to be done. */
    boolean pass() {
        Map<TransactionId, Decision> abandoned = abandoned();
        Set<String> complete = ConcurrentHashMap.newKeySet(); // every branch that was listed there has ended
        Set<String> remaining = ConcurrentHashMap.newKeySet(); // transactions of branches that have not
        LongPredicate sessions = log.openSessions();
        boolean looked = together(resources, each -> {
            fence(each, sessions);
            return new Look(each, cluster, session, open, log, told, workers).run(remaining)
                    && complete.add(each.name());
        });
        boolean forgotten = together(abandoned.values(), each -> forgetIfEnded(each, complete, remaining));
        return looked && forgotten && remaining.isEmpty();
    }

    /** Returns whether all of them were done; each is tried. */
    private <T> boolean together(Collection<T> all, Predicate<T> work) {
        List<CompletableFuture<Boolean>> begun = all.stream()
                .map(each -> CompletableFuture.supplyAsync(() -> work.test(each), workers))
                .toList();
        return begun.stream().map(CompletableFuture::join).reduce(true, Boolean::logicalAnd);
    }

    /** What a dead session has not committed in one phase yet, it never will: nobody waits for that. */
    private void fence(RegisteredResource resource, LongPredicate sessions) {
        try {
            resource.fenceEnded(sessions);
        } catch (ResourceUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-3513 a session is not fenced at " + resource.name() + " yet", e);
        }
    }

    /** Returns the decisions that nobody works on: asked before any resource is, for somebody may be at work until then. */
    private Map<TransactionId, Decision> abandoned() {
        Map<TransactionId, Decision> decisions = new LinkedHashMap<>();
        LongPredicate sessions = log.openSessions();
        for (Decision each : log.decisions()) {
            long owner = each.transaction().session();
            if (open.get(each.uid()) == null && (owner == session || !sessions.test(owner))) {
                decisions.put(each.transaction(), each);
            }
        }
        return decisions;
    }

    /** Forgets a decision when every resource that takes part was asked and lists no branch of it any more. */
    private boolean forgetIfEnded(Decision decision, Set<String> complete, Set<String> remaining) {
        Set<String> parts = DecisionRecord.decode(log.read(decision)).resources();
        Set<String> registered =
                resources.stream().map(RegisteredResource::name).collect(Collectors.toSet());
        if (!registered.containsAll(parts)) {
            if (told.add(decision.uid())) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "DTX-3514 {0} is decided to commit at {1}, of which only {2} are registered here: register the others,"
                                + " so that what may be in doubt there is committed.",
                        decision.transaction(),
                        parts,
                        registered);
            }
            return true; // nothing that this process could do
        }
        if (complete.containsAll(parts) && !remaining.contains(decision.uid())) {
            log.forget(decision.transaction());
            told.remove(decision.uid());
            return true;
        }
        return false;
    }
}
