package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.util.ThreadPoolsFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WakingThreadsTest {

    private static final int ENTRIES = 100;

    @TempDir
    Path base;

    @Test
    void who_appends_sends_to_followers_that_wait_instead_of_waking_a_thread_for_each() throws Exception {
        try (TestCluster cluster = new TestCluster(base, 3, 1 << 20)) {
            cluster.startAll();
            RaftLog leader = cluster.awaitLeader().log();
            leader.append(List.of()).get(10, TimeUnit.SECONDS);
            ThreadPoolExecutor threads = Pools.of("dtx-" + Long.toHexString(TestCluster.CLUSTER));
            assertThat(threads).isInstanceOf(WakingThreads.class);
            long before = threads.getTaskCount();
            for (int i = 0; i < ENTRIES; i++) {
                leader.append(List.of()).get(10, TimeUnit.SECONDS);
            }
            cluster.assertSame();
            assertThat(threads.getTaskCount() - before)
                    .isLessThan(ENTRIES); // else twice as many: one for each follower
        }
    }

    /** Shows what the library keeps to itself. */
    private static final class Pools extends ThreadPoolsFactory {
        static ThreadPoolExecutor of(String group) {
            return getExecutor(group);
        }
    }
}
