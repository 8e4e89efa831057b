package io.dtx.runtime.net;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** The cluster that a process learns from the first member that it reaches: one, whoever else says another one meanwhile. */
@Param(name = "cluster", gen = IntGen.class, conf = "1:2")
public class ClusterIdentityLincheckTest {

    private final ClusterIdentity identity = new ClusterIdentity(0);

    @Operation
    public boolean adopt(@Param(name = "cluster") int cluster) {
        return identity.adopt(cluster);
    }

    @Operation
    public void learn(@Param(name = "cluster") int cluster) {
        identity.learn(cluster);
    }

    @Operation
    public long get() {
        return identity.get();
    }

    @Test
    void whatever_threads_do_at_once_could_have_been_done_one_after_the_other() {
        Interleavings.options().actorsBefore(0).check(ClusterIdentityLincheckTest.class);
    }

    @Test
    void a_process_that_belongs_to_two_is_found() {
        assertThrows(
                AssertionError.class,
                () -> Interleavings.options().actorsBefore(0).check(Planted.class));
    }

    /** Planted: whether one is known is asked before it is written. */
    @Param(name = "cluster", gen = IntGen.class, conf = "1:2")
    public static class Planted {

        private final AtomicLong cluster = new AtomicLong();

        @Operation
        public boolean adopt(@Param(name = "cluster") int seen) {
            if (cluster.get() == 0) {
                cluster.set(seen);
                return true;
            }
            return cluster.get() == seen;
        }

        @Operation
        public long get() {
            return cluster.get();
        }
    }
}
