package io.dtx.benchmarks.cluster;

import io.dtx.runtime.DtxMember;
import java.nio.file.Path;
import java.util.Map;

/** A member of dtx's cluster that does nothing else. When its standard input ends, it tells its {@link Stages} and ends. */
final class MemberProcess {

    private MemberProcess() {}

    /** Takes the directory and the port; prints a line once it listens. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = Map.of(
                "dtx.log",
                "raft",
                "dtx.log.dir",
                Path.of(arguments[0]).toString(),
                "dtx.member.listen",
                "127.0.0.1:" + arguments[1]);
        try (Stages stages = new Stages();
                DtxMember member = DtxMember.start(settings)) {
            System.out.println(member.port());
            while (System.in.read() >= 0) {
                stages.forget();
            }
            System.out.println(stages.summary());
        }
    }
}
