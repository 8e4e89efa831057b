package io.dtx.runtime.participant.xa;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.participant.DecisionLog.Decision;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.spi.XaSource.XaConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

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
    private final Set<String> silent = new HashSet<>(); // resources whose silence has been told

    Recovery(
            long cluster,
            long session,
            Collection<RegisteredResource> resources,
            OpenTransactions open,
            DecisionLog log) {
        this.cluster = cluster;
        this.session = session;
        this.resources = resources;
        this.open = open;
        this.log = log;
    }

    /** The session of this process is another one from now on. */
    void nextSession(long next) {
        session = next;
    }

    /** Looks at every resource once; returns whether nothing is left to be done. */
    boolean pass() {
        Map<TransactionId, Decision> abandoned = abandoned();
        Set<String> complete = new HashSet<>(); // every branch that was listed there has ended
        Set<String> remaining = new HashSet<>(); // transactions of branches that have not
        for (RegisteredResource each : resources) {
            fence(each);
            if (look(each, remaining)) {
                complete.add(each.name());
            }
        }
        boolean clean = complete.size() == resources.size() && remaining.isEmpty();
        for (Decision each : abandoned.values()) {
            clean &= forgetIfEnded(each, complete, remaining);
        }
        return clean;
    }

    /** What a dead session has not committed in one phase yet, it never will: nobody waits for that. */
    private void fence(RegisteredResource resource) {
        try {
            resource.fenceEnded(log::isOpen);
        } catch (ResourceUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-3513 a session is not fenced at " + resource.name() + " yet", e);
        }
    }

    /** Returns the decisions that nobody works on: asked before any resource is, for somebody may be at work until then. */
    private Map<TransactionId, Decision> abandoned() {
        Map<TransactionId, Decision> decisions = new LinkedHashMap<>();
        for (Decision each : log.decisions()) {
            long owner = each.transaction().session();
            if (open.get(each.uid()) == null && (owner == session || !log.isOpen(owner))) {
                decisions.put(each.transaction(), each);
            }
        }
        return decisions;
    }

    private boolean look(RegisteredResource resource, Set<String> remaining) {
        try (XaConnection connection = resource.source().open()) {
            Map<Xid, BranchName> listed = new LinkedHashMap<>();
            for (Xid each : InDoubt.list(connection.resource())) {
                BranchName name = BranchName.of(each);
                if (name != null && name.cluster() == cluster) {
                    listed.put(each, name);
                }
            }
            // In this order: what is listed here, not at work, and nobody else's has its decision in the log already,
            // or
            // never will have one.
            Set<String> atWork = open.uids();
            Set<Long> others = othersOf(listed.values());
            Map<String, TransactionId> decided = new HashMap<>();
            log.decisions().forEach(each -> decided.put(each.uid(), each.transaction()));
            listed.forEach((xid, name) -> {
                if (!atWork.contains(name.uid())
                        && !end(resource.name(), connection.resource(), xid, name, decided, others)) {
                    remaining.add(name.uid());
                }
            });
            if (silent.remove(resource.name())) {
                LOG.log(System.Logger.Level.INFO, "DTX-3510 resource \"{0}\" answers again", resource.name());
            }
            return true;
        } catch (Exception e) {
            if (silent.add(resource.name())) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "DTX-3511 resource \"" + resource.name()
                                + "\" does not say what is in doubt there; it is asked again",
                        e);
            }
            return false;
        }
    }

    /** Returns the owners among these that are other processes and alive. */
    private Set<Long> othersOf(Collection<BranchName> names) {
        long own = session;
        return names.stream()
                .map(BranchName::session)
                .filter(each -> each != own && log.isOpen(each))
                .collect(Collectors.toSet());
    }

    /** Ends a branch; returns whether it has ended. */
    private boolean end(
            String resource,
            XAResource branches,
            Xid xid,
            BranchName name,
            Map<String, TransactionId> decided,
            Set<Long> others) {
        TransactionId transaction = decided.get(name.uid());
        if (others.contains(name.session())) {
            return true;
        }
        try {
            if (transaction == null) {
                InDoubt.rollback(branches, xid);
            } else {
                InDoubt.commit(branches, xid);
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "DTX-3512 a branch of {0} that was in doubt at resource \"{1}\" was {2}",
                    transaction == null ? name.uid() + ", which was not decided," : transaction,
                    resource,
                    transaction == null ? "rolled back" : "committed");
            return true;
        } catch (XAException e) {
            if (!InDoubt.isHeuristic(e)) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "DTX-3513 a branch stays in doubt at resource \"" + resource + '"',
                        e);
                return false;
            }
            return mixed(resource, branches, xid, transaction == null ? name.uid() : transaction, e);
        }
    }

    /**
     * A resource manager has ended a branch by itself. That goes to the log, and is forgotten then; of a transaction that was
     * never decided the log has no name, so the resource manager keeps it for its administrator.
     */
    private boolean mixed(String resource, XAResource branches, Xid xid, Object transaction, XAException answer) {
        boolean decided = transaction instanceof TransactionId;
        if (silent.add(resource + " " + transaction)) {
            LOG.log(System.Logger.Level.ERROR, OpenTransaction.mixed(transaction, resource, answer, decided));
        }
        if (transaction instanceof TransactionId id) {
            return log.recordHeuristic(id, resource, InDoubt.heuristic(answer), InDoubt.explain(answer))
                    && InDoubt.forget(branches, xid);
        }
        return true;
    }

    /** Forgets a decision when every resource that takes part was asked and lists no branch of it any more. */
    private boolean forgetIfEnded(Decision decision, Set<String> complete, Set<String> remaining) {
        Set<String> parts = DecisionRecord.decode(log.read(decision)).resources();
        Set<String> registered =
                resources.stream().map(RegisteredResource::name).collect(Collectors.toSet());
        if (!registered.containsAll(parts)) {
            if (silent.add(decision.uid())) {
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
            silent.remove(decision.uid());
            return true;
        }
        return false;
    }
}
