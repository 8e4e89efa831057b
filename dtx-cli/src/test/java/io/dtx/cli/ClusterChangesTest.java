package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxMember;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members come, go and lead by command, under an application that goes on, and are known to all that stay. */
class ClusterChangesTest {

    @TempDir
    Path base;

    @Test
    void the_status_knows_all_members_from_one_address() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base, 3).startAll()) {
            int follower = cluster.aFollower();
            Run all = Run.of("cluster", "status", "--members", cluster.address(follower));
            Run json = Run.of("cluster", "status", "--members", cluster.address(follower), "--json");
            cluster.stop(follower);
            Run two = Run.of("cluster", "status", "--members", cluster.addresses(1, 2, 3));

            assertThat(all.exit()).as(all.err()).isZero();
            assertThat(all.out())
                    .contains("cluster " + LocalCluster.HEX)
                    .containsPattern(
                            "1 +" + cluster.address(1) + " +(leads|follows) +\\d+ +\\d+ +same +\\d+\\.\\d [GM]iB")
                    .containsPattern("3 +" + cluster.address(3))
                    .contains("3 of 3 members answer; it survives the loss of 1.");
            Map<String, Object> told = JSON.std.mapFrom(json.out());
            assertThat(told).containsEntry("answering", 3).containsEntry("cluster", LocalCluster.HEX);
            assertThat((List<?>) told.get("members")).hasSize(3);
            assertThat(two.exit()).isZero();
            assertThat(two.out())
                    .containsPattern(follower + " +" + cluster.address(follower) + " +silent")
                    .contains(follower + "@" + cluster.address(follower) + ": DTX-5330")
                    .contains("2 of 3 members answer; it does not survive the loss of one.");
        }
    }

    @Test
    void all_members_are_replaced_one_by_one_while_an_application_that_knows_the_first_ones_goes_on() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base, 3).startAll();
                Application shop =
                        new Application(cluster.port(1), Map.of("dtx.members", cluster.addresses(1, 2, 3)))) {
            for (int id = 4; id <= 6; id++) {
                cluster.name(id);
            }
            int order = 0;
            for (int old = 1; old <= 3; old++) {
                int next = old + 3;
                cluster.join(next);
                shop.await(shop.order(++order), TransactionStatus.COMMITTED);
                Run replaced = Run.of(
                        "cluster",
                        "replace",
                        String.valueOf(old),
                        cluster.name(next),
                        "--members",
                        cluster.addresses(1, 2, 3, 4, 5, 6));
                assertThat(replaced.exit()).as(replaced.err() + replaced.out()).isZero();
                assertThat(replaced.out()).contains("3 of 3 members answer");
                cluster.stop(old);
                shop.await(shop.order(++order), TransactionStatus.COMMITTED);
            }
            for (int id = 4; id <= 6; id++) {
                cluster.stop(id);
            }
            for (int id = 4; id <= 6; id++) {
                cluster.start(id); // knows the others from its log alone
            }
            cluster.awaitLeader();
            shop.await(shop.order(++order), TransactionStatus.COMMITTED);
            Run status = Run.of("cluster", "status", "--members", cluster.address(5));
            assertThat(status.out())
                    .containsPattern("4 +" + cluster.address(4))
                    .containsPattern("6 +" + cluster.address(6))
                    .doesNotContain(cluster.address(1));
        }
    }

    @Test
    void a_leader_that_is_removed_hands_over_first_and_what_was_done_is_not_done_twice() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base, 3).startAll()) {
            cluster.join(4);
            String all = cluster.addresses(1, 2, 3, 4);
            Run waits = Run.of("cluster", "status", "--members", all);
            Run added = Run.of("cluster", "add", cluster.name(4), "--members", cluster.address(1));
            Run again = Run.of("cluster", "add", cluster.name(4), "--members", cluster.address(1));
            int leader = cluster.awaitLeader();
            Run removed = Run.of("cluster", "remove", String.valueOf(leader), "--members", all, "--json");
            Run gone = Run.of("cluster", "status", "--members", all);

            assertThat(waits.out()).contains(cluster.name(4) + ": waits to be added");
            assertThat(added.exit()).as(added.err()).isZero();
            assertThat(added.out()).contains("4 of 4 members answer", "An even number of members");
            assertThat(again.exit()).as(again.err()).isZero();
            assertThat(removed.exit()).as(removed.err()).isZero();
            assertThat(JSON.std.mapFrom(removed.out())).containsEntry("size", 3);
            assertThat(gone.out())
                    .contains(cluster.name(leader) + ": is no member any more")
                    .contains("3 of 3 members answer");
        }
    }

    @Test
    void the_leadership_goes_where_it_is_wanted() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base, 3).startAll()) {
            int next = cluster.aFollower();
            Run named = Run.of("cluster", "transfer-leader", String.valueOf(next), "--members", cluster.address(1));
            assertThat(named.exit()).as(named.err()).isZero();
            assertThat(cluster.awaitLeader()).isEqualTo(next);
            Run any = Run.of("cluster", "transfer-leader", "--members", cluster.address(1));
            assertThat(any.exit()).as(any.err()).isZero();
            assertThat(cluster.awaitLeader()).isNotEqualTo(next);
        }
    }

    @Test
    void a_member_whose_disk_was_lost_is_replaced_at_its_own_address() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base, 3).startAll()) {
            int lost = cluster.aFollower();
            cluster.stop(lost);
            cluster.share(4, lost);
            Run early = Run.of(
                    "cluster",
                    "replace",
                    String.valueOf(lost),
                    cluster.name(4),
                    "--members",
                    cluster.addresses(1, 2, 3),
                    "--timeout",
                    "2s");
            assertThat(early.exit()).as(early.err()).isEqualTo(3);
            assertThat(early.err())
                    .contains("Member " + lost + " is removed already", "dtx cluster add " + cluster.name(4));
            cluster.join(4);
            Run nobody =
                    Run.of("cluster", "replace", "22", cluster.name(4), "--members", cluster.addresses(1, 2, 3, 4));
            assertThat(nobody.exit()).as(nobody.out()).isEqualTo(1);
            assertThat(nobody.err()).contains("DTX-8024 no member has id 22", "nothing was changed");
            Run added = Run.of("cluster", "add", cluster.name(4), "--members", cluster.addresses(1, 2, 3));
            assertThat(added.exit()).as(added.err()).isZero();
            assertThat(added.out()).contains("3 of 3 members answer").containsPattern("4 +" + cluster.address(4));
        }
    }

    @Test
    void a_log_that_was_alone_becomes_the_first_of_three() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base, 0)) {
            String self = cluster.name(1);
            String hex;
            try (DtxMember alone = DtxMember.start(Map.of(
                            "dtx.log.dir", cluster.directory(1).toString(), "dtx.member.listen", cluster.address(1)));
                    Application shop = new Application(alone.port(), Map.of())) {
                shop.order(1);
                hex = alone.cluster();
                Run refused = Run.of("cluster", "add", "2@127.0.0.1:1", "--members", cluster.address(1));
                assertThat(refused.err()).contains("DTX-8018");
                assertThat(refused.exit()).isEqualTo(1);
                assertThat(Run.of("cluster", "status", "--members", cluster.address(1))
                                .out())
                        .contains("keeps its log alone");
            }
            Run from = Run.of("cluster", "init", "--from", cluster.directory(1).toString(), "--self", self);
            assertThat(from.exit()).as(from.err()).isZero();
            cluster.start(1);
            cluster.awaitLeader();
            for (int id = 2; id <= 3; id++) {
                Run join = Run.of(
                        "cluster",
                        "join",
                        "--dir",
                        cluster.directory(id).toString(),
                        "--self",
                        cluster.name(id),
                        "--cluster",
                        hex);
                assertThat(join.exit()).as(join.err()).isZero();
                cluster.start(id);
                Run added = Run.of("cluster", "add", cluster.name(id), "--members", cluster.address(1));
                assertThat(added.exit()).as(added.err()).isZero();
            }
            Run list = Run.of("tx", "list", "--members", cluster.addresses(1, 2, 3));
            assertThat(list.out()).contains("order", "COMMITTED");
            cluster.stop(3);
            Run check = Run.of("log", "check", cluster.directory(3).toString());
            assertThat(check.exit()).as(check.out() + check.err()).isZero();
        }
    }
}
