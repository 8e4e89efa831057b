package io.dtx.runtime;

import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.MemberView;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.Service;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.guard.JdbcResource;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.session.BackupLink;
import io.dtx.runtime.session.Inspection;
import io.dtx.runtime.session.MemberChannel;
import io.dtx.runtime.session.MemberService;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.session.NetChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * An operator's way to the members of a cluster: it sees all transactions, and retries or resolves parked ones, in a process
 * that runs none itself. Under TLS its certificate has the role of an operator. Thread-safe.
 *
 * <p>A transaction with a step that must be closed in its database can be resolved once that is {@linkplain #resource given}.
 */
public final class DtxOperator implements AutoCloseable {

    private final DtxConfig config;
    private final List<MemberChannel> channels;
    private final Coordinator coordinator;
    private final Transactions transactions;
    private final DtxCluster cluster;
    private final long patienceMillis;
    private final OperatorResources resources = new OperatorResources();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean opened;
    private boolean hasSession;
    private boolean isSessionKnown;

    private DtxOperator(DtxConfig config, Network network, long patienceMillis) {
        this.config = config;
        this.patienceMillis = patienceMillis;
        this.channels = NetChannel.to(Members.addresses(config), network.client(), Service.OPERATOR);
        this.coordinator = new Coordinator(
                MembersLink.impatient(channels, config.millis(Setting.SESSION_TIMEOUT), network, patienceMillis));
        this.cluster = new DtxCluster(network.client(), Members.addresses(config), patienceMillis);
        this.transactions = new Transactions(coordinator, resources.byName(), this::openSession);
        coordinator.beforeNextSession(resources::enter);
    }

    /**
     * Is ready to ask; nobody is asked yet.
     *
     * @param configuration {@code dtx.members} and what else docs/configuration.md says of the network; what is missing is read
     *     from the sources named there
     * @param patience how long to ask for a leader, and for an answer
     * @throws io.dtx.DtxException if a key is wrong
     */
    public static DtxOperator connect(Map<String, String> configuration, Duration patience) {
        DtxConfig config = DtxConfig.read(configuration);
        Members.addresses(config); // before threads are made
        Network network = Members.network(config, Role.OPERATOR, new ClusterIdentity(0));
        try {
            return new DtxOperator(config, network, patience.toMillis());
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * Returns the transactions of the cluster.
     *
     * @throws io.dtx.CoordinatorUnavailableException if no member answers as the leader
     */
    public Transactions transactions() {
        lock.lock();
        try {
            if (!opened) {
                coordinator.open();
                opened = true;
            }
            return transactions;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a database in which steps are closed before their transaction is resolved.
     *
     * @param name the one under which applications have registered it
     * @param database with a user that may work with the guard tables, which must be there; it is not closed
     * @throws io.dtx.runtime.participant.ResourceUnavailableException if it does not answer
     * @throws io.dtx.DtxException if it has no guard tables, or they may not be used, or the name or the database was given before
     * @throws IllegalStateException if this operator was closed
     */
    public void resource(String name, DataSource database) {
        transactions(); // asks for the cluster
        resources.add(
                JdbcResource.of(name, database),
                new ResourceOwner(coordinator.cluster(), MemberService.OPERATOR, config.node(), false));
    }

    /** Returns the members of the cluster; nobody is asked yet. */
    public DtxCluster cluster() {
        return cluster;
    }

    /**
     * Takes a backup of the log while its members go on. It holds everything that was answered to anybody before this call.
     *
     * @param file a new file; there is none if this fails
     * @throws io.dtx.CoordinatorUnavailableException if no member gives one
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public DtxBackup backup(Path file) {
        return DtxBackup.of(new BackupLink(channels, patienceMillis), file);
    }

    /** Asks each member what it sees; those that do not answer in time are in the list, too. */
    public List<MemberStatus> members() {
        List<CompletableFuture<MemberStatus>> asked = new ArrayList<>();
        for (MemberChannel each : channels) {
            asked.add(Inspection.of(each, patienceMillis)
                    .handle((view, failure) ->
                            failure == null ? answered(each.address(), view) : silent(each.address(), failure)));
        }
        return asked.stream().map(CompletableFuture::join).toList();
    }

    /**
     * Ends the session, if there is one, and the connections. What was asked for and not answered may have been done. Waits some
     * seconds for each database that does not answer.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (hasSession) {
                coordinator.closeSession();
            }
        } finally {
            lock.unlock();
            try {
                resources.leave();
            } finally {
                coordinator.close();
            }
        }
    }

    /** What changes something is numbered, so that it takes effect once, however often it is sent: that takes a session. */
    private void openSession() {
        lock.lock();
        try {
            if (!isSessionKnown) {
                coordinator.openSession(config.node(), MemberService.OPERATOR, List.of());
                hasSession = true;
            }
            isSessionKnown = false; // a session is made known once: one whose answer was lost is replaced
            resources.enter(coordinator.session().id());
            isSessionKnown = true;
        } finally {
            lock.unlock();
        }
    }

    private static MemberStatus answered(String address, MemberView view) {
        List<MemberStatus.OpenSession> sessions = view.sessions().stream()
                .sorted(Comparator.comparingLong(SessionState::id))
                .map(each -> new MemberStatus.OpenSession(
                        each.id(), each.application(), each.node(), Instant.ofEpochMilli(each.openedWallClock())))
                .toList();
        return new MemberStatus(
                address,
                null,
                view.leads(),
                view.term(),
                String.format("%016x", view.cluster()),
                view.index(),
                sessions,
                view.transactions(),
                view.takenOver());
    }

    private static MemberStatus silent(String address, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new MemberStatus(address, String.valueOf(cause.getMessage()), false, 0, "", 0, List.of(), Map.of(), 0);
    }
}
