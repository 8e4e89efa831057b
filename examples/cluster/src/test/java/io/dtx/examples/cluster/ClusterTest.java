package io.dtx.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Runs the cluster as its command does, for some seconds, with the first faults of the deck. */
class ClusterTest {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void every_order_is_whole_or_undone_although_an_application_and_the_leader_are_killed() throws Exception {
        try (Cluster cluster = new Cluster(directory, Shop.class.getName(), 8)) {
            Drill.Result result = Main.drill(cluster, Options.of("--seconds", "12", "--seed", "7"));

            Audit audit = result.audit();
            assertThat(audit.problems()).as(result.line()).isEmpty();
            assertThat(result.line())
                    .matches(
                            "RESULT consistent=true orders=\\d+ committed=\\d+ compensated=\\d+ unknown=\\d+ in-doubt=0"
                                    + " takeovers=\\d+ worst-takeover-ms=\\d+ worst-stall-ms=\\d+");
            assertThat(audit.committed()).isPositive();
            assertThat(audit.compensated()).as("too large, or taken over").isPositive();
            assertThat(result.faults())
                    .as("killed")
                    .filteredOn(each -> each.kind() == Fault.Kind.KILL)
                    .extracting(Fault::target)
                    .anyMatch(Cluster.APPLICATIONS::contains)
                    .anyMatch(Cluster.MEMBERS::contains);
        }
    }

    @Test
    void a_refund_that_is_lost_in_the_database_is_found() throws Exception {
        try (Cluster cluster = new Cluster(directory, Shop.class.getName(), 15)) {
            cluster.databases.execute(
                    "payments",
                    "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;"
                            + " CREATE TRIGGER lose BEFORE UPDATE ON payments FOR EACH ROW WHEN (NEW.id % 2 = 0)"
                            + " EXECUTE FUNCTION lose()");
            Drill drill = new Drill(cluster, List.of("a1"));
            try (Watch watch = new Watch(cluster)) {
                drill.start(watch);
                awaitRefunds(cluster);
            }

            Drill.Result result = drill.end(List.of());

            assertThat(result.line()).startsWith("RESULT consistent=false ");
            assertThat(result.audit().inDoubt()).isPositive();
            assertThat(result.audit().problems())
                    .anyMatch(each -> each.matches("order \\d+ is in effect in 1 databases"))
                    .anyMatch(each -> each.matches("the account of customer-\\d+"))
                    .anyMatch(each -> each.matches("order \\d+ was answered REFUSED, and is in effect in 1 databases"));
        }
    }

    private static void awaitRefunds(Cluster cluster) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        String undone = "SELECT order_id FROM reservations WHERE undone_at IS NOT NULL";
        while (cluster.databases.column("stock", undone).size() < 8) {
            assertThat(System.nanoTime() - end).as("refunds within two minutes").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
