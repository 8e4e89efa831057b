package io.dtx.runtime.participant.xa;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.participant.DecisionLog.Decision;
import io.dtx.spi.XaSource.XaConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** One scan of one resource: every branch in doubt that is listed there and that nobody works on is ended. */
final class Scan {

    private static final System.Logger LOG = System.getLogger(Scan.class.getName());

    private static final int CONNECTIONS_MAX = 4; // a database forces what commits at the same time with one write
    private static final int BRANCHES_PER_CONNECTION = 16;

    private final RegisteredResource resource;
    private final long cluster;
    private final long session;
    private final OpenTransactions open;
    private final DecisionLog log;
    private final Set<String> told;
    private final Executor workers;

    /** A branch to be ended; without a decision it is rolled back. */
    private record Branch(
            Xid xid, BranchName name, @Nullable Decision decision) {
        @Nullable
        TransactionId transaction() {
            return decision == null ? null : decision.transaction();
        }
    }

    /**
     * Is ready to {@link #run}.
     *
     * @param session of this process
     * @param told what was logged already
     * @param workers help where there is much to do
     */
    Scan(
            RegisteredResource resource,
            long cluster,
            long session,
            OpenTransactions open,
            DecisionLog log,
            Set<String> told,
            Executor workers) {
        this.resource = resource;
        this.cluster = cluster;
        this.session = session;
        this.open = open;
        this.log = log;
        this.told = told;
        this.workers = workers;
    }

    /**
     * Scans, and ends what it can.
     *
     * @param remaining takes the names of transactions of branches that have not ended
     * @return whether the resource has answered
     */
    boolean run(Set<String> remaining) {
        try (XaConnection connection = resource.source().open()) {
            endAll(connection.resource(), toEnd(connection.resource()), remaining);
            if (told.remove(resource.name())) {
                LOG.log(System.Logger.Level.INFO, "DTX-3510 resource \"{0}\" answers again", resource.name());
            }
            return true;
        } catch (Exception e) {
            if (told.add(resource.name())) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "DTX-3511 resource \"" + resource.name()
                                + "\" does not say what is in doubt there; it is asked again",
                        e);
            }
            return false;
        }
    }

    /**
     * Returns what is to be ended. In this order: what is listed here, not at work, and nobody else's has its decision in the log
     * already, or never will have one.
     */
    private List<Branch> toEnd(XAResource branches) throws XAException {
        Map<Xid, BranchName> listed = new LinkedHashMap<>();
        for (Xid each : InDoubt.list(branches)) {
            BranchName name = BranchName.of(each);
            if (name != null && name.cluster() == cluster) {
                listed.put(each, name);
            }
        }
        Set<String> atWork = open.uids();
        Set<Long> others = othersOf(listed.values());
        Map<String, Decision> decided = new HashMap<>();
        log.decisions().forEach(each -> decided.put(each.uid(), each));
        return listed.entrySet().stream()
                .map(each -> new Branch(
                        each.getKey(),
                        each.getValue(),
                        decided.get(each.getValue().uid())))
                .filter(each -> !atWork.contains(each.name().uid())
                        && !others.contains(each.name().session()))
                .toList();
    }

    /** Returns the owners among these that are other processes and alive. */
    private Set<Long> othersOf(Collection<BranchName> names) {
        LongPredicate sessions = log.openSessions();
        return names.stream()
                .map(BranchName::session)
                .filter(each -> each != session && sessions.test(each))
                .collect(Collectors.toSet());
    }

    /** Ends them over this connection, and over some more if they are many; without those it only takes longer. */
    private void endAll(XAResource branches, List<Branch> toEnd, Set<String> remaining) {
        Queue<Branch> left = new ConcurrentLinkedQueue<>(toEnd);
        int more = Math.min(CONNECTIONS_MAX, toEnd.size() / BRANCHES_PER_CONNECTION) - 1;
        List<CompletableFuture<Void>> others = Stream.generate(
                        () -> CompletableFuture.runAsync(() -> help(left, remaining), workers))
                .limit(Math.max(0, more))
                .toList();
        endAll(branches, left, remaining);
        others.forEach(CompletableFuture::join);
    }

    private void help(Queue<Branch> left, Set<String> remaining) {
        try (XaConnection connection = resource.source().open()) {
            endAll(connection.resource(), left, remaining);
        } catch (Exception e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "DTX-3513 no other connection to resource \"" + resource.name() + '"',
                    e);
        }
    }

    private void endAll(XAResource branches, Queue<Branch> left, Set<String> remaining) {
        for (Branch each = left.poll(); each != null; each = left.poll()) {
            boolean ended = false;
            try {
                ended = end(branches, each);
            } finally {
                if (!ended) { // also if that threw: nobody else takes it any more
                    remaining.add(each.name().uid());
                }
            }
        }
    }

    /** Ends a branch; returns whether it has ended. */
    private boolean end(XAResource branches, Branch branch) {
        TransactionId transaction = branch.transaction();
        try {
            if (transaction == null) {
                InDoubt.rollback(branches, branch.xid());
            } else {
                InDoubt.commit(branches, branch.xid());
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "DTX-3512 a branch of {0} that was in doubt at resource \"{1}\" was {2}",
                    transaction == null ? branch.name().uid() + ", which was not decided," : transaction,
                    resource.name(),
                    transaction == null ? "rolled back" : "committed");
            return true;
        } catch (XAException e) {
            if (InDoubt.isHeuristic(e)) {
                return mixed(branches, branch, e);
            }
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "DTX-3513 a branch stays in doubt at resource \"" + resource.name() + '"',
                    e);
            return false;
        }
    }

    /**
     * A resource manager has ended a branch by itself. That goes to the log, and is forgotten then; of a transaction that was
     * never decided the log has no name, so the resource manager keeps it for its administrator.
     */
    private boolean mixed(XAResource branches, Branch branch, XAException answer) {
        Decision decision = branch.decision();
        Object name = decision == null ? branch.name().uid() : decision.transaction();
        if (told.add(resource.name() + " " + name)) {
            LOG.log(System.Logger.Level.ERROR, OpenTransaction.mixed(name, resource.name(), answer, decision != null));
        }
        String called = decision == null ? "" : nameIn(decision);
        return decision == null
                || (called != null
                        && log.recordHeuristic(
                                decision.transaction(), called, InDoubt.heuristic(answer), InDoubt.explain(answer))
                        && InDoubt.forget(branches, branch.xid()));
    }

    /**
     * Returns what this resource's store is called in a decision: the same name may be another store's here. Null: the decision
     * cannot be read now, or a later version of dtx has written it and has to say.
     */
    private @Nullable String nameIn(Decision decision) {
        Map<String, String> here;
        try {
            here = open.stores()
                    .resources(DecisionRecord.decode(log.read(decision)).stores());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-3513 a branch stays in doubt at " + resource.name(), e);
            return null;
        }
        return here.entrySet().stream()
                .filter(each -> each.getValue().equals(resource.name()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(resource.name());
    }
}
