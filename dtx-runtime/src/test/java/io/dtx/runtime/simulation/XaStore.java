package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import io.dtx.spi.XaSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A resource manager that speaks XA, with the habits of one of two real ones: a branch that another has ended is XAER_RMERR to
 * whoever prepared it, and XAER_NOTA to all others; or a prepared branch that is attached to a living connection is listed for
 * everybody, and XAER_NOTA to all but that connection. What is prepared survives everybody. No change has a point within.
 */
final class XaStore implements XaSource {

    private static final long STILL_NANOS_MIN = 2_500_000_000L;
    private static final long STILL_NANOS_MAX = 8_000_000_000L;

    private final String name;
    private final boolean attaches;
    private final Kernel kernel;
    private final Faults faults;
    private final Effects effects;
    private final Domain server;
    private final Map<Xid, Branch> branches = new LinkedHashMap<>();

    /** The work of a connection for a transaction. */
    private static final class Branch {
        final Link owner;
        final List<Runnable> entries = new ArrayList<>();
        boolean prepared;

        Branch(Link owner) {
            this.owner = owner;
        }
    }

    XaStore(String name, boolean attaches, Kernel kernel, Faults faults, Effects effects) {
        this.name = name;
        this.attaches = attaches;
        this.kernel = kernel;
        this.faults = faults;
        this.effects = effects;
        this.server = new Domain(name);
    }

    String name() {
        return name;
    }

    /** Returns how many branches are prepared. */
    int inDoubt() {
        int prepared = 0;
        for (Branch each : branches.values()) {
            prepared += each.prepared ? 1 : 0;
        }
        return prepared;
    }

    @Override
    public String storeId() {
        return "store " + name;
    }

    @Override
    public XaConnection open() throws XAException {
        Kernel.point();
        if (faults.strikes(FaultKind.XA_REFUSES)) {
            throw failed(XAException.XAER_RMFAIL);
        }
        return new Link(kernel.domain());
    }

    private static XAException failed(int code) {
        return new XAException(code);
    }

    /** A connection. */
    private final class Link implements XaConnection, XAResource, Ledger {

        private final Domain client;
        private boolean gone;
        private @Nullable Branch work;

        Link(Domain client) {
            this.client = client;
        }

        @Override
        public XAResource resource() {
            return this;
        }

        @Override
        public Object handle() {
            return this;
        }

        @Override
        public void close() {
            gone = true;
        }

        private boolean isAttached(Branch branch) {
            return attaches && branch.owner != this && !branch.owner.gone && !branch.owner.client.isDead();
        }

        private void travel() throws XAException {
            kernel.pauseNanos(kernel.chance().between(5_000, 400_000));
            if (faults.strikes(FaultKind.XA_HANGS)) {
                faults.hang(kernel, kernel.chance().between(1_000_000_000L, 5_000_000_000L));
            }
            if (gone) {
                throw failed(XAException.XAER_RMFAIL);
            }
        }

        private XAException broken() {
            gone = true;
            return failed(XAException.XAER_RMFAIL);
        }

        @Override
        public void start(Xid xid, int flags) throws XAException {
            travel();
            Branch begun = new Branch(this);
            work = begun;
            branches.put(xid, begun);
        }

        @Override
        public void enter(int trip, int leg) {
            Branch present = work;
            kernel.pauseNanos(kernel.chance().between(5_000, 400_000));
            if (present == null || gone || faults.strikes(FaultKind.REFUSED)) {
                throw new RefusedException("not entered");
            }
            present.entries.add(() -> effects.done(trip, leg));
        }

        @Override
        public void end(Xid xid, int flags) throws XAException {
            if (gone) {
                throw failed(XAException.XAER_RMFAIL);
            }
        }

        @Override
        public int prepare(Xid xid) throws XAException {
            travel();
            if (faults.strikes(FaultKind.XA_VOTES_NO)) {
                branches.remove(xid);
                throw failed(XAException.XA_RBROLLBACK);
            }
            if (faults.strikes(FaultKind.XA_VOTE_LATE)) {
                prepareLate(xid);
                throw broken();
            }
            prepared(xid);
            standStill();
            if (faults.strikes(FaultKind.XA_VOTE_LOST)) {
                throw broken();
            }
            return XA_OK;
        }

        private void prepared(Xid xid) {
            Branch branch = branches.get(xid);
            if (branch != null) {
                kernel.note(() -> "prepared at " + name);
                branch.prepared = true;
            }
        }

        private void standStill() {
            Kernel.point(); // whoever is being killed goes no further: who froze it would never thaw it
            if (faults.strikes(FaultKind.XA_STANDS_STILL)) {
                Domain process = kernel.domain();
                long nanos = kernel.chance().between(STILL_NANOS_MIN, STILL_NANOS_MAX);
                boolean dies = kernel.chance().oneIn(3);
                kernel.freeze(process);
                kernel.spawn(server, "pause", () -> {
                    kernel.pauseNanos(nanos);
                    kernel.thaw(process);
                    if (dies) {
                        kernel.kill(process);
                    }
                });
                kernel.pauseNanos(1);
            }
        }

        private void prepareLate(Xid xid) {
            long nanos = kernel.chance().between(1_000_000, 4_000_000_000L);
            effects.departs();
            kernel.spawn(server, "late vote", () -> {
                kernel.pauseNanos(nanos);
                Kernel.reached("a vote that came late");
                prepared(xid);
                effects.arrives();
            });
        }

        @Override
        public void commit(Xid xid, boolean onePhase) throws XAException {
            if (!onePhase) {
                standStill();
            }
            Branch branch = taken(xid, !onePhase);
            kernel.note(() -> "branch committed at " + name + (branch.owner == this ? "" : " by another connection"));
            branch.entries.forEach(Runnable::run);
            answered();
        }

        @Override
        public void rollback(Xid xid) throws XAException {
            Branch branch = taken(xid, false);
            kernel.note(() -> "branch rolled back at " + name + (branch.owner == this ? "" : " by another connection"));
            answered();
        }

        private Branch taken(Xid xid, boolean mustBePrepared) throws XAException {
            travel();
            if (faults.strikes(FaultKind.XA_ORDER_LOST)) {
                throw broken();
            }
            Branch branch = branches.get(xid);
            if (branch == null) {
                Kernel.reached("a branch that others have ended");
                throw failed(work == null || attaches ? XAException.XAER_NOTA : XAException.XAER_RMERR);
            }
            if (isAttached(branch)) {
                Kernel.reached("a branch that is attached to another connection");
                throw failed(XAException.XAER_NOTA);
            }
            if (mustBePrepared && !branch.prepared) {
                throw failed(XAException.XAER_PROTO);
            }
            branches.remove(xid);
            return branch;
        }

        private void answered() throws XAException {
            if (faults.strikes(FaultKind.XA_ANSWER_LOST)) {
                throw broken();
            }
            kernel.pauseNanos(kernel.chance().between(5_000, 400_000));
        }

        @Override
        public Xid[] recover(int flag) throws XAException {
            travel();
            List<Xid> listed = new ArrayList<>();
            branches.forEach((xid, branch) -> {
                if (branch.prepared) {
                    listed.add(xid);
                }
            });
            return listed.toArray(Xid[]::new);
        }

        @Override
        public void forget(Xid xid) {
            branches.remove(xid);
        }

        @Override
        public boolean isSameRM(XAResource other) {
            return this == other;
        }

        @Override
        public int getTransactionTimeout() {
            return 0;
        }

        @Override
        public boolean setTransactionTimeout(int seconds) {
            return false;
        }
    }
}
