package io.dtx.examples.bank;

import io.dtx.runtime.DtxMember;
import java.util.Map;

/** A process that keeps the coordinator log for workers, with others of its kind; ends when its standard input does. */
final class Member {
    private Member() {}

    /** Takes its directory and the address at which it listens. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> configuration =
                Map.of("dtx.log", "raft", "dtx.log.dir", arguments[0], "dtx.member.listen", arguments[1]);
        try (DtxMember member = DtxMember.start(configuration)) {
            while (System.in.read() >= 0 && !member.stopped().isDone()) {
                continue; // nothing is said
            }
        }
        System.exit(0);
    }
}
