package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.DtxMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator asks for and must not get is refused with what to do, and nothing is half changed. */
class ClusterRefusalsTest {

    @TempDir
    Path base;

    @Test
    void nobody_is_added_who_is_not_what_he_is_said_to_be() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base.resolve("one"), 3).startAll();
                LocalCluster other = new LocalCluster(base.resolve("other"), 0)) {
            String free = cluster.name(9).substring(2);
            refused(cluster, 1, "DTX-5214", "add", "2@" + free); // two members with one id
            refused(cluster, 1, "DTX-5214", "add", "9@" + cluster.address(3)); // two at one address
            refused(cluster, 3, "DTX-8017", "add", "9@" + free); // not running
            refused(cluster, 2, "DTX-5301", "add", "9");
            refused(cluster, 2, "DTX-5301", "add", "9@nowhere");
            refused(cluster, 2, "DTX-5202", "add", free);
            refused(cluster, 2, "DTX-5202", "add", "0@" + free);
            cluster.join(9);
            String wrong = refused(cluster, 3, "DTX-8017", "add", "8@" + free);
            assertThat(wrong).contains("the process at that address is 9@" + free);
            String stranger = other.name(7);
            DtxMember.createJoining(other.directory(7), 0xBAD, stranger); // a directory of another cluster
            other.start(7);
            String strangers = refused(cluster, 3, "DTX-8017", "add", stranger);
            assertThat(strangers).contains("different clusters", "0000000000000bad");
            try (DtxMember alone = DtxMember.start(
                    Map.of("dtx.log.dir", base.resolve("alone").toString(), "dtx.member.listen", "127.0.0.1:0"))) {
                assertThat(refused(cluster, 3, "DTX-8017", "add", "7@127.0.0.1:" + alone.port()))
                        .containsAnyOf("different clusters", "keeps its log alone");
            }
            assertMembers(cluster, 3);
        }
    }

    @Test
    void the_cluster_is_not_brought_below_a_majority() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base, 3).startAll()) {
            refused(cluster, 1, "DTX-8024", "remove", "9");
            refused(cluster, 1, "DTX-8024", "transfer-leader", "9");
            int down = cluster.aFollower();
            cluster.stop(down);
            int leader = cluster.awaitLeader();
            int other = 6 - down - leader;
            LocalCluster.await(
                    "the leader noticing",
                    () -> Run.of(
                                    "cluster",
                                    "transfer-leader",
                                    String.valueOf(down),
                                    "--members",
                                    cluster.addresses(1, 2, 3))
                            .err()
                            .contains("DTX-5224"));
            String kept = refused(cluster, 3, "DTX-5223", "remove", String.valueOf(other));
            assertThat(kept).contains("which is no majority");
            refused(cluster, 3, "DTX-5223", "remove", String.valueOf(leader));
            assertMembers(cluster, 3);
            Run fine = Run.of("cluster", "remove", String.valueOf(down), "--members", cluster.addresses(1, 2, 3));
            assertThat(fine.exit()).as(fine.err()).isZero();
            assertMembers(cluster, 2);
            Run second = Run.of("cluster", "remove", String.valueOf(other), "--members", cluster.addresses(1, 2, 3));
            assertThat(second.exit()).as(second.err()).isZero();
            assertThat(refused(cluster, 1, "DTX-5215", "remove", String.valueOf(cluster.leader())))
                    .contains("is the only member, and stays");
        }
    }

    @Test
    void without_a_majority_nothing_is_changed_and_it_says_what_is_missing() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base, 3).startAll()) {
            cluster.join(4);
            cluster.stop(1);
            cluster.stop(2);
            LocalCluster.await(
                    "the end of the leadership",
                    () -> Run.of("cluster", "status", "--members", cluster.addresses(1, 2, 3))
                                    .exit()
                            == 3);

            for (List<String> change : List.of(
                    List.of("add", cluster.name(4)),
                    List.of("remove", "1"),
                    List.of("replace", "1", cluster.name(4)),
                    List.of("transfer-leader"))) {
                String said = refused(cluster, 3, "DTX-8020", change.toArray(String[]::new));
                assertThat(said).contains("1 of 3 members answer; start others until 2 do", "1@", "(silent)");
            }
            cluster.start(1);
            cluster.awaitLeader();
            assertMembers(cluster, 3);
            assertThat(Run.of("cluster", "status", "--members", "127.0.0.1:1", "--wait", "1s")
                            .exit())
                    .isEqualTo(3);
        }
    }

    @Test
    void a_copy_of_a_members_directory_does_not_take_part_beside_it() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base, 3).startAll()) {
            int copied = cluster.aFollower();
            cluster.stop(copied);
            Path copy = base.resolve("copy");
            copy(cluster.directory(copied), copy);
            cluster.start(copied);
            try (CoordinatorProcess twin =
                    CoordinatorProcess.start(copy, base.resolve("errors"), "--replicated", "--listen", "127.0.0.1:0")) {
                assertThat(twin.ended()).isEqualTo(1);
                assertThat(twin.errors()).contains("DTX-1026 another process runs as member " + cluster.name(copied));
            }
            assertMembers(cluster, 3);
        }
    }

    @Test
    void a_member_of_another_cluster_at_a_members_address_is_shown_as_what_it_is() throws Exception {
        try (LocalCluster cluster = new LocalCluster(base.resolve("one"), 3).startAll()) {
            int away = cluster.aFollower();
            cluster.stop(away);
            Path wrong = base.resolve("wrong");
            DtxMember.create(wrong, 0xBAD, cluster.name(away), List.of(cluster.name(away)));
            cluster.start(away, Map.of("dtx.log.dir", wrong.toString()));

            int asked = away == 1 ? 2 : 1;
            Run status = Run.of("cluster", "status", "--members", cluster.address(asked));

            assertThat(status.out())
                    .containsPattern(away + " +" + cluster.address(away) + " +silent")
                    .contains("DTX-5314", "0000000000000bad", "log directory of another cluster");
        }
    }

    /** Asks for something, and returns the one line that it is refused with. */
    private static String refused(LocalCluster cluster, int exit, String code, String... words) throws IOException {
        String members = cluster.addresses(1, 2, 3);
        String[] all = Stream.of(
                        Stream.of("cluster"), Stream.of(words), Stream.of("--members", members, "--timeout", "20s"))
                .flatMap(each -> each)
                .toArray(String[]::new);
        Run run = Run.of(all);
        String last = run.err().lines().reduce("", (before, line) -> line);
        assertThat(last).as(String.join(" ", words)).startsWith("dtx: " + code);
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        return last;
    }

    private static void assertMembers(LocalCluster cluster, int size) {
        cluster.awaitLeader();
        Run status = Run.of("cluster", "status", "--members", cluster.address(cluster.leader()));
        assertThat(status.out()).as(status.err()).contains(" of " + size + " members answer");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.filter(file -> !file.endsWith("lock")).toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
    }
}
