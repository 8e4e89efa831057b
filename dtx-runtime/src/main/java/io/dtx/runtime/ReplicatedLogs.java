package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.log.raft.Member;
import io.dtx.runtime.log.raft.RaftLog;
import io.dtx.runtime.log.raft.RaftSettings;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Service;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Makes replicated logs; apart, for their library is there only where it is wanted. */
final class ReplicatedLogs {

    private ReplicatedLogs() {}

    static DtxMember.Hosted open(DtxConfig config, Network network) {
        Path directory = Path.of(config.text(Setting.LOG_DIR)).toAbsolutePath().normalize();
        try {
            RaftLog log = new RaftLog(
                    new RaftSettings(
                            directory,
                            (int) config.millis(Setting.ELECTION_TIMEOUT),
                            config.number(Setting.LOG_SEGMENT_BYTES),
                            config.number(Setting.LOG_SNAPSHOT_BYTES)),
                    network.client());
            long instance = new SecureRandom().nextLong();
            return new DtxMember.Hosted(
                    log,
                    Map.of(Service.RAFT, log.requestHandler()),
                    entry -> new ReplicatedRoster(log, network.client(), directory, instance, entry));
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    static void create(Path directory, long cluster, String self, List<String> members) {
        try {
            RaftLog.createCluster(
                    directory,
                    cluster,
                    Member.parse(self),
                    members.stream().map(Member::parse).toList());
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    static void createJoining(Path directory, long cluster, String self) {
        try {
            RaftLog.createJoining(directory, cluster, Member.parse(self));
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    static void adopt(Path directory, String self) {
        try {
            RaftLog.adopt(directory, Member.parse(self));
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    private static DtxException missing(NoClassDefFoundError e) {
        return new DtxException(
                null,
                "DTX-1025 a replicated log needs SOFAJRaft, which is not on the class path: add com.alipay.sofa:jraft-core"
                        + " as docs/operating.md says.",
                e);
    }
}
