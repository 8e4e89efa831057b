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
    private final Executor scanners;
    private final Executor workers;
    private final Map<String, BegunScan> scans =
            new HashMap<>(); // under way, by resource; of the thread that makes the passes
    private final Map<String, BegunScan> done = new ConcurrentHashMap<>(); // the last that has ended of each resource
    private final Set<String> told = ConcurrentHashMap.newKeySet(); // what need not be said again

    /**
     * Is ready for the first pass.
     *
     * @param scanners a thread for each task: a resource that does not answer keeps one
     * @param workers help where there is much to do
     */
    Recovery(
            long cluster,
            long session,
            Collection<RegisteredResource> resources,
            OpenTransactions open,
            DecisionLog log,
            Executor scanners,
            Executor workers) {
        this.cluster = cluster;
        this.session = session;
        this.resources = resources;
        this.open = open;
        this.log = log;
        this.scanners = scanners;
        this.workers = workers;
    }

    /** The session of this process is another one from now on. */
    void nextSession(long next) {
        session = next;
    }

    /**
     * Looks at every resource once, without waiting long: a scan that takes its time goes on meanwhile, and counts in a later pass.
     *
     * @return whether nothing is left to be done
     */
    boolean pass() {
        Map<TransactionId, Decision> abandoned = abandoned();
        List<BegunScan> begun = beginScans(abandoned.keySet());
        BegunScan.await(begun, PATIENCE_NANOS);
        scans.forEach((name, each) -> {
            if (each.isDone()) {
                done.put(name, each);
            } else {
                complain(name, each);
            }
        });
        scans.keySet().removeIf(each -> scans.get(each) == done.get(each));
        Set<String> remaining = remaining();
        boolean forgotten = together(abandoned.values(), each -> tryToForget(each, remaining));
        return begun.size() == resources.size()
                && begun.stream().allMatch(BegunScan::isComplete)
                && forgotten
                && remaining.isEmpty();
    }

    /** Begins a scan at each resource but those where one is still under way, or has ended since and has not counted yet. */
    private List<BegunScan> beginScans(Set<TransactionId> abandoned) {
        LongPredicate sessions = log.openSessions();
        List<BegunScan> begun = new ArrayList<>();
        for (RegisteredResource each : resources) {
            if (!scans.containsKey(each.name())) {
                Set<String> remaining = ConcurrentHashMap.newKeySet();
                Scan scan = new Scan(each, cluster, session, open, log, told, workers);
                CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(
                                () -> {
                                    fence(each, sessions);
                                    return scan.run(remaining);
                                },
                                scanners)
                        .exceptionally(Recovery::failed);
                BegunScan one = new BegunScan(abandoned, remaining, answer, System.nanoTime());
                scans.put(each.name(), one);
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
        scans.values().forEach(each -> remaining.addAll(each.remaining()));
        done.values().forEach(each -> remaining.addAll(each.remaining()));
        return remaining;
    }

    private void complain(String resource, BegunScan scan) {
        if (System.nanoTime() - scan.begunNanos() > COMPLAINT_NANOS && told.add(resource)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-3511 resource \"{0}\" does not say what is in doubt there; it is waited for",
                    resource);
        }
    }

    /** Lets the scans that are under way end. */
    void awaitScans() {
        BegunScan.await(scans.values(), Long.MAX_VALUE);
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
        List<Decision> present = log.decisions();
        Set<String> atWork = open.uids(); // asked later: who is not there any more has ended
        for (Decision each : present) {
            long owner = each.transaction().session();
            if (!atWork.contains(each.uid()) && (owner == session || !sessions.test(owner))) {
                decisions.put(each.transaction(), each);
            }
        }
        return decisions;
    }

    /** A decision that cannot be read is kept for a process that can, and holds up no other one. */
    private boolean tryToForget(Decision decision, Set<String> remaining) {
        try {
            return forgetIfEnded(decision, remaining);
        } catch (RuntimeException e) {
            boolean first = told.add("unread " + decision.uid());
            LOG.log(
                    first ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                    "DTX-3515 looking after what is in doubt of " + decision.transaction()
                            + " failed; it is tried again",
                    e);
            return false;
        }
    }

    /** Forgets a decision when every store that takes part was asked and lists no branch of it any more. */
    private boolean forgetIfEnded(Decision decision, Set<String> remaining) {
        Map<String, String> parts = DecisionRecord.decode(log.read(decision)).stores();
        Map<String, String> here = open.stores().resources(parts);
        if (here.size() < parts.size()) {
            if (told.add(decision.uid())) {
                complain(decision, parts, here.keySet());
            }
            return true; // nothing that this process could do
        }
        boolean ended = here.values().stream().allMatch(each -> {
            BegunScan scan = done.get(each);
            return scan != null && scan.isComplete() && scan.abandoned().contains(decision.transaction());
        });
        if (ended && !remaining.contains(decision.uid())) {
            log.forget(decision.transaction());
            told.remove(decision.uid());
            return true;
        }
        return false;
    }

    /** Says what this process would need to finish a transaction. */
    private void complain(Decision decision, Map<String, String> parts, Set<String> here) {
        Set<String> registered =
                resources.stream().map(RegisteredResource::name).collect(Collectors.toSet());
        for (Map.Entry<String, String> each : parts.entrySet()) {
            String name = each.getKey();
            if (!here.contains(name) && registered.contains(name)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "DTX-3562 {0} is decided to commit at {1}, which was resource \"{2}\" where that was decided; here"
                                + " \"{2}\" leads to another store, {3}. Connect every process to the same store under one"
                                + " name: until one with that store is there, the decision is kept. If it is the same store, and"
                                + " only its id was lost with its guard tables, give the old id back to it (database_id in dtx_meta).",
                        decision.transaction(),
                        each.getValue().equals(Stores.UNKNOWN)
                                ? "a store that did not tell its id"
                                : "store " + each.getValue(),
                        name,
                        open.stores().id(name).isEmpty()
                                ? "which does not tell its id"
                                : open.stores().id(name));
                return;
            }
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "DTX-3514 {0} is decided to commit at {1}, of which only {2} are registered here: register the others,"
                        + " so that what may be in doubt there is committed.",
                decision.transaction(),
                parts.keySet(),
                here);
    }
}
