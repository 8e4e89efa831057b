package io.dtx.runtime.participant.xa;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.participant.DecisionLog.Decision;
import io.dtx.runtime.participant.ResourceUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long COMPLAINT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final long cluster;
    private volatile long session;
    private final Collection<RegisteredResource> resources;
    private final OpenTransactions open;
    private final DecisionLog log;
    private final Executor lookers;
    private final Executor workers;
    private final Map<String, BegunLook> looks =
            new HashMap<>(); // under way, by resource; of the thread that makes the passes
    private final Map<String, BegunLook> done = new ConcurrentHashMap<>(); // the last that has ended of each resource
    private final Set<String> told = ConcurrentHashMap.newKeySet(); // what need not be said again

    /**
     * Is ready for the first pass.
     *
     * @param lookers a thread for each task: a resource that does not answer keeps one
     * @param workers help where there is much to do
     */
    Recovery(
            long cluster,
            long session,
            Collection<RegisteredResource> resources,
            OpenTransactions open,
            DecisionLog log,
            Executor lookers,
            Executor workers) {
        this.cluster = cluster;
        this.session = session;
        this.resources = resources;
        this.open = open;
        this.log = log;
        this.lookers = lookers;
        this.workers = workers;
    }

    /** The session of this process is another one from now on. */
    void nextSession(long next) {
        session = next;
    }

    /**
     * Looks at every resource once, without waiting long: a look that takes its time goes on meanwhile, and counts in a later pass.
     *
     * @return whether nothing is left to be done
     */
    boolean pass() {
        Map<TransactionId, Decision> abandoned = abandoned();
        List<BegunLook> begun = beginLooks(abandoned.keySet());
        BegunLook.await(begun, PATIENCE_NANOS);
        looks.forEach((name, each) -> {
            if (each.isDone()) {
                done.put(name, each);
            } else {
                complain(name, each);
            }
        });
        looks.keySet().removeIf(each -> looks.get(each) == done.get(each));
        Set<String> remaining = remaining();
        boolean forgotten = together(abandoned.values(), each -> forgetIfEnded(each, remaining));
        return begun.size() == resources.size()
                && begun.stream().allMatch(BegunLook::isComplete)
                && forgotten
                && remaining.isEmpty();
    }

    /** Begins a look at each resource but those where one is still under way, or has ended since and has not counted yet. */
    private List<BegunLook> beginLooks(Set<TransactionId> abandoned) {
        LongPredicate sessions = log.openSessions();
        List<BegunLook> begun = new ArrayList<>();
        for (RegisteredResource each : resources) {
            if (!looks.containsKey(each.name())) {
                Set<String> remaining = ConcurrentHashMap.newKeySet();
                Look look = new Look(each, cluster, session, open, log, told, workers);
                CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(
                                () -> {
                                    fence(each, sessions);
                                    return look.run(remaining);
                                },
                                lookers)
                        .exceptionally(Recovery::failed);
                BegunLook one = new BegunLook(abandoned, remaining, answer, System.nanoTime());
                looks.put(each.name(), one);
                begun.add(one);
            }
        }
        return begun;
    }

    private static boolean failed(Throwable failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "DTX-3515 looking after what is in doubt failed; it is tried again",
                failure);
        return false;
    }

    /** Returns the names of transactions of branches that have not ended. */
    private Set<String> remaining() {
        Set<String> remaining = new HashSet<>();
        looks.values().forEach(each -> remaining.addAll(each.remaining()));
        done.values().forEach(each -> remaining.addAll(each.remaining()));
        return remaining;
    }

    private void complain(String resource, BegunLook look) {
        if (System.nanoTime() - look.begunNanos() > COMPLAINT_NANOS && told.add(resource)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-3511 resource \"{0}\" does not say what is in doubt there; it is waited for",
                    resource);
        }
    }

    /** Lets the looks that are under way end. */
    void awaitLooks() {
        BegunLook.await(looks.values(), Long.MAX_VALUE);
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
    private boolean forgetIfEnded(Decision decision, Set<String> remaining) {
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
        boolean ended = parts.stream().allMatch(each -> {
            BegunLook look = done.get(each);
            return look != null && look.isComplete() && look.abandoned().contains(decision.transaction());
        });
        if (ended && !remaining.contains(decision.uid())) {
            log.forget(decision.transaction());
            told.remove(decision.uid());
            return true;
        }
        return false;
    }
}
