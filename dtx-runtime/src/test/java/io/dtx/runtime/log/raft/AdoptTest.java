package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.TransactionId;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.RecordingReplica;
import io.dtx.runtime.log.file.FileLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded log becomes the first member of a cluster, which keeps all that was in it, and grows. */
class AdoptTest {

    private static final TransactionId ID = new TransactionId(1, 1, 1);
    private static final int STEPS = 1_500;

    @TempDir
    Path base;

    @Test
    void an_embedded_log_goes_on_as_a_cluster_and_a_second_member_gets_all_of_it() throws Exception {
        Path directory = base.resolve("embedded");
        long cluster = embedded(directory);
        Member first = new Member(1, "first", 7201);
        RaftLog.adopt(directory, first);
        try (RaftLog alone = new RaftLog(settings(directory))) {
            RecordingReplica replica = new RecordingReplica();
            alone.start(replica);
            assertEquals(cluster, alone.cluster());
            assertEquals(1, replica.restores());
            assertHolds(alone, replica.open(), STEPS);
            append(alone, STEPS + 1);
        }
        grow(directory, first, cluster);
    }

    private void grow(Path directory, Member first, long cluster) throws Exception {
        Member second = new Member(2, "second", 7202);
        Path joining = base.resolve("joining");
        RaftLog.createJoining(joining, cluster, second);
        try (LocalNetwork network = new LocalNetwork();
                RaftLog old = new RaftLog(settings(directory), network.port(first.address()));
                RaftLog added = new RaftLog(settings(joining), network.port(second.address()))) {
            Grown oldState = new Grown();
            Grown addedState = new Grown();
            old.start(oldState);
            added.start(addedState);
            TestCluster.await("leader", () -> first.equals(old.leader()) && oldState.leads);
            old.membership().add(second).get(20, TimeUnit.SECONDS);
            append(old, STEPS + 2);
            added.readBarrier().get(20, TimeUnit.SECONDS);
            assertThat(addedState.restores()).isEqualTo(1);
            assertHolds(added, addedState.open(), STEPS + 2);
            assertEquals(oldState.open(), addedState.open());
        }
    }

    private static long embedded(Path directory) {
        try (FileLog log = new FileLog(directory, 64 << 10, 20_000)) {
            log.start(new RecordingReplica());
            for (int step = 1; step <= STEPS; step++) {
                append(log, step);
            }
            return log.cluster();
        }
    }

    private static void append(CoordinatorLog log, long step) {
        log.append(List.of(new SessionBatch(1, 1, 1, List.of(new LogCommand.FinishStep(ID, step, content(step))))))
                .join();
    }

    private static void assertHolds(CoordinatorLog log, Map<Long, Payload> open, int steps) {
        assertEquals(steps, open.size());
        open.forEach((step, payload) -> assertArrayEquals(content(step), log.read(payload), () -> "step " + step));
    }

    private static byte[] content(long step) {
        return ("the result of step " + step).repeat((int) (step % 7)).getBytes(StandardCharsets.UTF_8);
    }

    private static RaftSettings settings(Path directory) {
        return new RaftSettings(directory, 300, 64 << 10, 1 << 20);
    }

    /** A state whose member may lead or follow. */
    private static final class Grown extends RecordingReplica {

        private volatile boolean leads;

        @Override
        public void onLeader(long term) {
            super.onLeader(term);
            leads = true;
        }

        @Override
        public void onFollower() {
            leads = false;
        }
    }
}
