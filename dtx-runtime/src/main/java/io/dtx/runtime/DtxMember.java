package io.dtx.runtime;

import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.session.MemberPort;
import java.util.Map;

/**
 * A member of a cluster in this process: it keeps the coordinator log that applications with {@code dtx.log=raft} use, and
 * finishes nothing itself. With {@code dtx.log=file} it is the only member. Thread-safe.
 *
 * <p>A member that is killed loses nothing that it has acknowledged: started again on its directory it goes on with the sessions
 * that are still alive, and applications wait for it meanwhile.
 */
public final class DtxMember implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DtxMember.class.getName());

    private final Network network;
    private final MemberPort port;

    private DtxMember(Network network, MemberPort port) {
        this.network = network;
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
            Member member = new Member(Logs.open(config), Logs.limits(config), config.millis(Setting.SESSION_TIMEOUT));
            MemberPort port = new MemberPort(member, network, cluster, listen, Map.of());
            LOG.log(
                    System.Logger.Level.INFO,
                    "DTX-1024 member of cluster {0} at {1} port {2}",
                    Long.toHexString(member.cluster()),
                    listen.host(),
                    Integer.toString(port.port()));
            return new DtxMember(network, port);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Returns the port at which it listens. */
    public int port() {
        return port.port();
    }

    /** Ends connections and closes the log. Applications wait until it is back. */
    @Override
    public void close() {
        port.close();
        network.close();
    }
}
