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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

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

    /** A log, and what its member serves to others. */
    record Hosted(CoordinatorLog log, Map<Service, RequestHandler> services) {}

    private DtxMember(Network network, Member member, MemberPort port) {
        this.network = network;
        this.member = member;
        this.port = port;
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
            Hosted hosted = replicated ? ReplicatedLogs.open(config, network) : new Hosted(Logs.open(config), Map.of());
            Member member = new Member(hosted.log(), Logs.limits(config), config.millis(Setting.SESSION_TIMEOUT));
            MemberPort port = new MemberPort(member, network, cluster, listen, hosted.services());
            LOG.log(
                    System.Logger.Level.INFO,
                    "DTX-1024 member of cluster {0} at {1} port {2}",
                    String.format("%016x", member.cluster()),
                    listen.host(),
                    Integer.toString(port.port()));
            return new DtxMember(network, member, port);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
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
     * Completes, with the cause, when the log has stopped for good, as it does after an error of the disk. Nothing is answered
     * from then on; whoever starts on the same log again finds everything that was acknowledged.
     */
    public CompletableFuture<Throwable> stopped() {
        return member.stopped();
    }

    /** Ends connections and closes the log. Applications wait until it is back. */
    @Override
    public void close() {
        port.close();
        network.close();
    }
}
