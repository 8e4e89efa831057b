package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three members in processes of their own, of which the leader is killed. */
class ClusterTest {

    @TempDir
    Path base;

    private final List<Integer> ports = new ArrayList<>();
    private final List<@Nullable CoordinatorProcess> members = new ArrayList<>();

    @Test
    void orders_go_on_when_the_leader_is_killed_and_it_comes_back_as_a_follower() throws Exception {
        make();
        try {
            for (int i = 0; i < 3; i++) {
                members.add(null);
                start(i);
            }
            int leader = leader();
            try (Application shop = new Application(ports.get(0), Map.of("dtx.members", addresses()))) {
                var first = shop.order(1);
                members.get(leader).kill();
                members.set(leader, null);
                var second = shop.order(2);
                shop.await(first, TransactionStatus.COMMITTED);
                shop.await(second, TransactionStatus.COMMITTED);
                start(leader);
                shop.order(3);
            }
            assertThat(leader()).isNotEqualTo(leader);
            assertThat(Run.of("tx", "list", "--members", addresses(), "--status", "COMMITTED")
                            .out())
                    .containsPattern("(?s)order.*order.*order");
        } finally {
            for (CoordinatorProcess each : members) {
                if (each != null) {
                    each.close();
                }
            }
        }
    }

    @Test
    void a_cluster_of_two_and_a_directory_that_is_taken_are_refused() throws Exception {
        make();

        Run even = init(base.resolve("other"), "1@127.0.0.1:1", "1@127.0.0.1:1,2@127.0.0.1:2", null);
        Run stranger = init(base.resolve("other"), "4@127.0.0.1:4", members(), null);
        Run again = init(base.resolve("member0"), member(0), members(), null);
        Run plain = Run.of("coordinator", "--dir", base.resolve("member0").toString(), "--listen", "127.0.0.1:0");

        assertThat(even.exit()).isEqualTo(2);
        assertThat(even.err()).startsWith("dtx: DTX-8014");
        assertThat(stranger.exit()).isEqualTo(2);
        assertThat(stranger.err()).startsWith("dtx: DTX-5205");
        assertThat(again.exit()).as(again.err()).isEqualTo(3);
        assertThat(plain.exit()).as(plain.err()).isNotZero();
    }

    private void make() throws IOException {
        for (int i = 0; i < 3; i++) {
            ports.add(FreePort.next());
        }
        Run first = init(base.resolve("member0"), member(0), members(), null);
        assertThat(first.exit()).as(first.err()).isZero();
        Matcher cluster = Pattern.compile("--cluster ([0-9a-f]{16})").matcher(first.out());
        assertThat(cluster.find()).as(first.out()).isTrue();
        for (int i = 1; i < 3; i++) {
            Run next = init(base.resolve("member" + i), member(i), members(), cluster.group(1));
            assertThat(next.exit()).as(next.err()).isZero();
        }
    }

    private static Run init(Path directory, String self, String members, @Nullable String cluster) {
        List<String> arguments = new ArrayList<>(
                List.of("cluster", "init", "--dir", directory.toString(), "--self", self, "--members", members));
        if (cluster != null) {
            arguments.addAll(List.of("--cluster", cluster));
        }
        return Run.of(arguments.toArray(String[]::new));
    }

    private void start(int member) throws IOException {
        members.set(
                member,
                CoordinatorProcess.start(
                        base.resolve("member" + member),
                        base.resolve("errors" + member),
                        "--replicated",
                        "--listen",
                        "127.0.0.1:" + ports.get(member)));
    }

    private int leader() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() - end < 0) {
            String status = Run.of("status", "--members", addresses()).out();
            for (int i = 0; i < 3; i++) {
                if (Pattern.compile("127.0.0.1:" + ports.get(i) + "\\s+leads")
                        .matcher(status)
                        .find()) {
                    return i;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        throw new AssertionError("nobody leads");
    }

    private String member(int i) {
        return (i + 1) + "@127.0.0.1:" + ports.get(i);
    }

    private String members() {
        return member(0) + "," + member(1) + "," + member(2);
    }

    private String addresses() {
        return "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1) + ",127.0.0.1:" + ports.get(2);
    }
}
