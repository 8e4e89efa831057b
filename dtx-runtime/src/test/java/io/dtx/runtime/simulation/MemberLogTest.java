package io.dtx.runtime.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.CoordinatorLogContract;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/** The simulated replicated log, as its leader sees it, keeps the contract of the real ones, as long as no fault strikes. */
@ExtendWith(InHistory.class)
class MemberLogTest extends CoordinatorLogContract {

    private static final int SELF = 0;

    private @Nullable LogStore store;
    private @Nullable Cluster cluster;

    @Override
    protected CoordinatorLog create() {
        Kernel kernel = Kernel.current();
        LogStore disks = new LogStore(7, kernel, Limits.DEFAULT);
        Cluster members = new Cluster(kernel, Faults.none(), disks, new Domain("outside"), Limits.DEFAULT);
        for (int i = 0; i < Cluster.MEMBERS; i++) {
            MemberProcess unused = members.next(i); // the others vote, and hold what is committed
        }
        members.holdElections();
        store = disks;
        cluster = members;
        return open(members);
    }

    @Override
    protected CoordinatorLog reopen(CoordinatorLog closed) {
        Cluster members = Objects.requireNonNull(cluster);
        Kernel.current().kill(members.member(SELF).domain);
        MemberProcess unused = members.next(SELF);
        return open(members);
    }

    private CoordinatorLog open(Cluster members) {
        MemberLog log =
                new MemberLog(members, Kernel.current(), members.member(SELF).domain, Objects.requireNonNull(store));
        return new Leading(log);
    }

    /** Every leader begins with an entry of its own. */
    @Override
    protected long firstIndex() {
        return 2;
    }

    @Override
    protected void assertIndex(long expected, long index) {
        assertThat(index).isBetween(expected, expected + 3);
    }

    /** Is there once it leads. */
    private static final class Leading extends ForwardingLog {

        private final MemberLog member;

        Leading(MemberLog member) {
            super(member);
            this.member = member;
        }

        @Override
        public void start(Replica replica) {
            member.start(replica);
            while (!member.believes()) {
                Kernel.current().pauseNanos(10_000_000);
            }
        }
    }
}
