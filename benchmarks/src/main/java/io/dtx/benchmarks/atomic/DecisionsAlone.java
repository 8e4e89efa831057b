package io.dtx.benchmarks.atomic;

import io.dtx.TransactionId;
import io.dtx.benchmarks.cluster.Members;
import io.dtx.benchmarks.load.Audit;
import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Ledger;
import io.dtx.benchmarks.log.Payloads;
import io.dtx.benchmarks.noop.LogEntries;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.LoggedDecisions;
import io.dtx.runtime.coordinator.OwnSession;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.NetOptions;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.session.NetChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Decisions over three members without a transaction manager: each is recorded, awaited and forgotten in the log of decisions that
 * the object store of Narayana writes to, with as many bytes as Narayana's record of two branches has.
 */
final class DecisionsAlone implements Contender {

    private static final long SESSION_TIMEOUT_MILLIS = 15_000;

    private final Members members;
    private final Ledger ledger;
    private final AtomicReferenceArray<TransactionId> last; // of each caller
    private final Coordinator coordinator;
    private final LoggedDecisions decisions;
    private boolean closed;

    /** Starts three members, and opens a session. */
    DecisionsAlone(Path directory, int callers) throws IOException {
        ledger = new Ledger(callers, 1);
        last = new AtomicReferenceArray<>(callers);
        members = new Members(directory);
        List<Address> addresses =
                members.addresses().stream().map(Address::parse).toList();
        try {
            coordinator = open(addresses);
        } catch (RuntimeException e) {
            members.close();
            throw e;
        }
        decisions = new LoggedDecisions(coordinator);
    }

    private static Coordinator open(List<Address> members) {
        Network network = Network.open(NetOptions.plaintext(Role.APPLICATION), new ClusterIdentity(0));
        Coordinator coordinator = new Coordinator(
                new MembersLink(NetChannel.to(members, network.client()), SESSION_TIMEOUT_MILLIS, network));
        try {
            coordinator.open();
            coordinator.openSession("measured", "decisions", List.of());
            return coordinator;
        } catch (RuntimeException e) {
            coordinator.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "dtx alone";
    }

    @Override
    public void saga(int caller, int sequence) {
        OwnSession session = coordinator.session();
        TransactionId id = session.next();
        byte[] record = Payloads.decisionRecord();
        ByteBuffer.wrap(record).putInt(caller).putInt(sequence);
        if (decisions.record(id, Payloads.uid(caller, sequence), 1, record)) {
            ledger.mark(caller, sequence, 0);
        }
        last.set(caller, id);
        decisions.forget(id);
        session.release(id);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    /** Asks the members, too: they have the last decision of each caller, and all of them are forgotten. */
    @Override
    public Audit audit() {
        decisions.flush();
        if (!decisions.decisions().isEmpty()) {
            throw new IllegalStateException("decisions were not forgotten: " + decisions.decisions());
        }
        for (int caller = 0; caller < last.length(); caller++) {
            TransactionId id = last.get(caller);
            if (id != null && !decisions.isCommitted(id)) {
                throw new IllegalStateException("the members do not know " + id);
            }
        }
        return ledger.audit();
    }

    /** Returns the entries of the log: each is at most one force at each member. */
    @Override
    public long forces() {
        long session = coordinator.session().id();
        end();
        return LogEntries.since(session, members.settings());
    }

    @Override
    public long foreignCpuNanos() {
        return members.cpuNanos();
    }

    private void end() {
        if (!closed) {
            closed = true;
            coordinator.closeSession();
            coordinator.close();
        }
    }

    @Override
    public void close() throws IOException {
        end();
        members.close();
    }
}
