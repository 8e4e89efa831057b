package io.dtx.runtime;

import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.RequestHandler;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.Service;
import io.dtx.runtime.session.MemberPort;
import io.dtx.runtime.session.Roster;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A member of a cluster in this process: it keeps the coordinator log that applications with {@code dtx.log=raft} use, and
 * finishes nothing itself. With {@code dtx.log=file} it is the only member, with {@code dtx.log=raft} one of those with which its
 * directory was {@linkplain #create made}; what a majority of them has on disk is decided. Thread-safe.
 *
 * <p>A member that is killed loses nothing that it has acknowledged: started again on its directory it goes on with the sessions
 * that are still alive, and applications wait for it meanwhile.
 */
public final class DtxMember implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DtxMember.class.getName());

    private final Network network;
    private final Member member;
    private final MemberPort port;
    private final @Nullable OwnAddress ownAddress;

    /**
     * A log, and what its member serves to others.
     *
     * @param roster makes what knows the members; it is given what tells the last entry that was applied
     */
    record Hosted(CoordinatorLog log, Map<Service, RequestHandler> services, Function<LongSupplier, Roster> roster) {}

    private DtxMember(Network network, Member member, MemberPort port, @Nullable OwnAddress ownAddress) {
        this.network = network;
        this.member = member;
        this.port = port;
        this.ownAddress = ownAddress;
    }

    /**
     * Opens the log and listens.
     *
     * @param configuration the keys of docs/configuration.md; what is missing is read from the sources named there
     * @throws io.dtx.DtxException if a key is wrong
     * @throws io.dtx.runtime.log.LogDamagedException if the log is not what was acknowledged; the message says what to do
     * @throws io.dtx.runtime.log.LogUnavailableException if the log's directory cannot be used
     */
    public static DtxMember start(Map<String, String> configuration) {
        DtxConfig config = DtxConfig.read(configuration);
        Address listen = Members.address(config.text(Setting.MEMBER_LISTEN));
        ClusterIdentity cluster = new ClusterIdentity(0);
        Network network = Members.network(config, Role.MEMBER, cluster);
        try {
            boolean replicated =
                    config.oneOf(Setting.LOG, "file", "memory", "raft").equals("raft");
            Hosted hosted = replicated ? ReplicatedLogs.open(config, network) : alone(config);
            Member member = new Member(hosted.log(), Logs.limits(config), config.millis(Setting.SESSION_TIMEOUT));
            Roster roster = hosted.roster().apply(member::entry);
            MemberPort port = new MemberPort(
                    member,
                    network,
                    cluster,
                    listen,
                    roster,
                    Math.toIntExact(config.number(Setting.SESSIONS_MAX)),
                    hosted.services());
            LOG.log(
                    System.Logger.Level.INFO,
                    "DTX-1024 member of cluster {0} at {1} port {2}",
                    String.format("%016x", member.cluster()),
                    listen.host(),
                    Integer.toString(port.port()));
            return new DtxMember(
                    network, member, port, replicated ? new OwnAddress(roster, network.client(), member::stop) : null);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private static Hosted alone(DtxConfig config) {
        CoordinatorLog log = Logs.open(config);
        Path directory = Path.of(config.text(Setting.LOG_DIR)).toAbsolutePath().normalize();
        long instance = new SecureRandom().nextLong();
        return new Hosted(log, Map.of(), entry -> new LoneRoster(log::cluster, directory, instance, entry));
    }

    /**
     * Makes the directory of one of the members that a new replicated cluster begins with. Each is made with the same cluster and
     * the same members, and started with {@code dtx.log=raft} then.
     *
     * @param cluster 64 random bits, chosen once for the cluster
     * @param self {@code id@host:port}, one of the members
     * @param members all of them: one, three or five, under the addresses at which they reach each other
     * @throws io.dtx.runtime.log.LogUnavailableException if the directory holds anything, or cannot be used
     */
    public static void create(Path directory, long cluster, String self, List<String> members) {
        ReplicatedLogs.create(directory, cluster, self, members);
    }

    /**
     * Makes the directory of a member that will be added to a cluster, by {@link DtxCluster#add}: started with {@code
     * dtx.log=raft}, it waits for that.
     *
     * @param cluster the cluster's name
     * @param self {@code id@host:port}; an id that no member of the cluster has or has had
     * @throws io.dtx.runtime.log.LogUnavailableException if the directory holds anything, or cannot be used
     */
    public static void createJoining(Path directory, long cluster, String self) {
        ReplicatedLogs.createJoining(directory, cluster, self);
    }

    /**
     * Makes the directory of an embedded log that of the first member of a cluster: everything in it stays, and the cluster has its
     * name. Interrupted, it is called again.
     *
     * @param self {@code id@host:port}
     * @throws io.dtx.runtime.log.LogUnavailableException if it is not the directory of an embedded log, or is in use
     */
    public static void adopt(Path directory, String self) {
        ReplicatedLogs.adopt(directory, self);
    }

    /** Returns whether this member leads, as far as it knows. */
    public boolean leads() {
        return member.leads();
    }

    /** Returns the port at which it listens. */
    public int port() {
        return port.port();
    }

    /** Returns the name of its log and cluster: 16 hexadecimal digits. */
    public String cluster() {
        return String.format("%016x", member.cluster());
    }

    /**
     * Completes, with the cause, when the log has stopped for good, as it does after an error of the disk, or when this member cannot
     * serve any more, for lack of memory for example. Nothing is answered from then on, and another member leads; whoever
     * starts on the same log again finds everything that was acknowledged. What depends on it must not wait.
     */
    public CompletableFuture<Throwable> stopped() {
        return member.stopped();
    }

    /** Ends connections and closes the log. Applications wait until it is back. */
    @Override
    public void close() {
        if (ownAddress != null) {
            ownAddress.close();
        }
        port.close();
        network.close();
    }
}
