package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.dtx.FencedException;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxMember;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a log that goes on, or has ended; and what is restored from it waits for somebody. */
class BackupTest {

    @TempDir
    Path base;

    @Test
    void what_was_open_is_parked_in_a_new_log_and_undone_behind_its_guards_when_somebody_says_so() throws Exception {
        Path file = base.resolve("backup");
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (DtxMember old = alone("old");
                Application shop = new Application(old.port(), Map.of())) {
            TransactionId done = shop.order(1);
            TransactionId parked = shop.park(false);
            Application.Held held = shop.hold(caller);
            TransactionId open = held.id();

            Run backup = Run.of("backup", file.toString(), "--members", at(old), "--json");
            assertThat(backup.exit()).as(backup.err()).isZero();
            assertThat(JSON.std.mapFrom(backup.out())).containsEntry("cluster", old.cluster());
            Run again = Run.of("backup", file.toString(), "--members", at(old));
            assertThat(again.exit()).as("a file that is there").isEqualTo(3);
            assertThat(again.err()).contains("DTX-8023", "FileAlreadyExists");
            try (Stream<Path> files = Files.list(base)) {
                assertThat(files.map(each -> each.getFileName().toString())).containsExactlyInAnyOrder("backup", "old");
            }

            Run restored = Run.of(
                    "restore", file.toString(), "--dir", base.resolve("new").toString(), "--json");
            assertThat(restored.exit()).as(restored.err()).isZero();
            assertThat(JSON.std.mapFrom(restored.out()))
                    .containsEntry("parked", 2)
                    .containsEntry("former", old.cluster());
            String fence = JSON.std.mapFrom(restored.out()).get("fence").toString();
            assertThat(Run.of("log", "check", base.resolve("new").toString()).exit())
                    .isZero();
            try (DtxMember made = alone("new")) {
                assertThat(made.cluster()).isNotEqualTo(old.cluster());
                assertStatus(made, done, "COMMITTED");
                assertStatus(made, parked, "PARKED");
                assertThat(assertStatus(made, open, "PARKED"))
                        .contains("restored from a backup of log " + old.cluster(), "retry or resolve");
                assertThat(shop.taken()).isEqualTo(1); // nothing has run by itself
                assertThatThrownBy(() -> shop.another(made.port()))
                        .hasMessageContaining("DTX-3005")
                        .hasMessageContaining("SET state = 'F' WHERE application");
                assertThat(shop.update(fence)).isEqualTo(1);
                try (Application next = shop.another(made.port())) {
                    Run retry = Run.of("tx", "retry", open.toString(), "--members", at(made));
                    assertThat(retry.exit()).as(retry.err()).isZero();
                    next.await(open, TransactionStatus.COMPENSATED);
                    assertThat(shop.taken()).isZero();
                    assertThat(shop.putBack()).isEqualTo(1);
                    Run resolve = Run.of(
                            "tx",
                            "resolve",
                            parked.toString(),
                            "COMPENSATED",
                            "--reason",
                            "done",
                            "--members",
                            at(made));
                    assertThat(resolve.exit()).as(resolve.err()).isZero();
                    next.await(next.order(2), TransactionStatus.COMMITTED);
                }
            }
            held.until()
                    .countDown(); // the old process wakes up, and its log is alive: it does another step, fails, and
            // undoes
            assertThatThrownBy(() -> held.call().get(60, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("DTX-3015");
            shop.await(held.id(), TransactionStatus.COMPENSATED);
            assertThat(shop.taken()).isZero();
            assertThat(shop.putBack()).isEqualTo(1);
        } finally {
            caller.shutdown();
        }
    }

    @Test
    void a_restored_transaction_that_went_on_after_the_backup_is_parked_again_and_resolved_by_its_application()
            throws Exception {
        Path file = base.resolve("backup");
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (DtxMember old = alone("old");
                Application shop = new Application(old.port(), Map.of())) {
            Application.Held held = shop.hold(caller);
            Run backup = Run.of("backup", file.toString(), "--members", at(old));
            assertThat(backup.exit()).as(backup.err()).isZero();
            Run restored = Run.of(
                    "restore", file.toString(), "--dir", base.resolve("new").toString());
            assertThat(restored.exit()).as(restored.err()).isZero();
            assertThat(restored.out()).contains("1 transactions were open", "UPDATE dtx_session SET state = 'F'");
            held.until().countDown();
            held.call().get(60, TimeUnit.SECONDS); // another step, and committed, after the backup
            shop.update("UPDATE dtx_session SET state = 'F'");
            try (DtxMember made = alone("new");
                    Application next = shop.another(made.port())) {
                String id = held.id().toString();
                Run retry = Run.of("tx", "retry", id, "--members", at(made));
                assertThat(retry.exit()).as(retry.err()).isZero();
                next.await(held.id(), TransactionStatus.PARKED);
                assertThat(assertStatus(made, held.id(), "PARKED"))
                        .contains("DTX-4024 step 2.1 is in effect on resource \"stock\"");
                shop.update("UPDATE dtx_session SET low = 1000 WHERE state = 'F'"); // a day later: swept
                shop.update("DELETE FROM dtx_guard");
                Run again = Run.of("tx", "retry", id, "--members", at(made));
                assertThat(again.exit()).as(again.err()).isZero();
                next.await(held.id(), TransactionStatus.PARKED);
                assertThat(assertStatus(made, held.id(), "PARKED")).contains("DTX-3036");
                Run refused = Run.of("tx", "resolve", id, "COMMITTED", "--reason", "paid", "--members", at(made));
                assertThat(refused.err()).contains("DTX-8005");
                next.resolve(held.id(), TransactionStatus.COMMITTED);
                assertStatus(made, held.id(), "RESOLVED");
            }
            assertThat(shop.taken()).isEqualTo(2);
            assertThat(shop.putBack()).isZero();
        } finally {
            caller.shutdown();
        }
    }

    @Test
    void a_cluster_is_backed_up_while_it_works_and_a_new_one_grows_from_that() throws Exception {
        Path file = base.resolve("backup");
        try (LocalCluster cluster = new LocalCluster(base.resolve("old"), 3).startAll();
                LocalCluster next = new LocalCluster(base.resolve("next"), 0)) {
            TransactionId order;
            try (Application shop =
                    new Application(cluster.port(1), Map.of("dtx.members", cluster.addresses(1, 2, 3)))) {
                order = shop.order(1);
            }
            Run backup = Run.of("backup", file.toString(), "--members", cluster.addresses(1, 2, 3));
            assertThat(backup.exit()).as(backup.err()).isZero();
            assertThat(backup.out()).contains("log " + LocalCluster.HEX + " at entry");
            Run member = Run.of("backup", "--dir", cluster.directory(1).toString(), base + "/no");
            assertThat(member.exit()).as("in use").isEqualTo(3);
            String self = next.name(1);
            assertThat(Run.of(
                                    "restore",
                                    file.toString(),
                                    "--dir",
                                    next.directory(1).toString())
                            .exit())
                    .isZero();
            Run from = Run.of("cluster", "init", "--from", next.directory(1).toString(), "--self", self);
            assertThat(from.exit()).as(from.err()).isZero();
            next.start(1);
            next.awaitLeader();
            assertThat(Run.of("tx", "show", order.toString(), "--members", next.address(1))
                            .out())
                    .contains("COMMITTED");
            String hex = JSON.std
                    .mapFrom(Run.of("cluster", "status", "--members", next.address(1), "--json")
                            .out())
                    .get("cluster")
                    .toString();
            assertThat(hex).isNotEqualTo(LocalCluster.HEX);
            String second = next.name(2);
            DtxMember.createJoining(next.directory(2), Long.parseUnsignedLong(hex, 16), second);
            next.start(2);
            Run added = Run.of("cluster", "add", second, "--members", next.address(1));
            assertThat(added.exit()).as(added.err()).isZero();
        }
    }

    @Test
    void the_directory_of_a_process_that_has_ended_is_backed_up_and_left_as_it_was() throws Exception {
        TransactionId order;
        try (DtxMember old = alone("old");
                Application shop = new Application(old.port(), Map.of())) {
            order = shop.order(1);
            Run busy = Run.of(
                    "backup",
                    "--dir",
                    base.resolve("old").toString(),
                    base.resolve("b").toString());
            assertThat(busy.exit()).isEqualTo(3);
            assertThat(busy.err()).contains("DTX-5103");
        }
        Run backup = Run.of(
                "backup",
                "--dir",
                base.resolve("old").toString(),
                base.resolve("b").toString());
        assertThat(backup.exit()).as(backup.err()).isZero();
        assertThat(Run.of("log", "check", base.resolve("old").toString()).exit())
                .isZero();
        Run none = Run.of(
                "backup",
                "--dir",
                base.resolve("none").toString(),
                base.resolve("c").toString());
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("DTX-8026");
        Run restored = Run.of(
                "restore",
                base.resolve("b").toString(),
                "--dir",
                base.resolve("new").toString());
        assertThat(restored.out()).as(restored.err()).contains("0 transactions were open");
        try (DtxMember made = alone("new")) {
            assertStatus(made, order, "COMMITTED");
        }
    }

    @Test
    void a_backup_that_is_not_whole_restores_nothing() throws Exception {
        try (DtxMember old = alone("old");
                Application shop = new Application(old.port(), Map.of())) {
            shop.order(1);
            assertThat(Run.of("backup", base.resolve("b").toString(), "--members", at(old))
                            .exit())
                    .isZero();
        }
        byte[] whole = Files.readAllBytes(base.resolve("b"));
        int refused = 0;
        for (int at = 0; at < whole.length; at += 1 + whole.length / 12) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            refused += refuses(flipped) ? 1 : 0;
            refused += refuses(Arrays.copyOf(whole, at)) ? 1 : 0;
        }
        System.out.println("damaged backups: " + refused + " refused, of " + whole.length + " bytes");
        assertThat(refused).isGreaterThan(20);
        assertThat(Files.exists(base.resolve("new"))).isFalse();
        assertThat(Run.of(
                                "restore",
                                base.resolve("nothing").toString(),
                                "--dir",
                                base.resolve("new").toString())
                        .exit())
                .isEqualTo(3);
        Run taken = Run.of(
                "restore",
                base.resolve("b").toString(),
                "--dir",
                base.resolve("old").toString());
        assertThat(taken.exit()).isEqualTo(3);
        assertThat(taken.err()).contains("DTX-5112");
        assertThat(Run.of("log", "check", base.resolve("old").toString()).exit())
                .isZero();
    }

    private boolean refuses(byte[] bytes) throws Exception {
        Path damaged = base.resolve("damaged");
        Files.write(damaged, bytes);
        Run run = Run.of(
                "restore", damaged.toString(), "--dir", base.resolve("new").toString());
        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("DTX-5121");
        return true;
    }

    private DtxMember alone(String directory) {
        return DtxMember.start(
                Map.of("dtx.log.dir", base.resolve(directory).toString(), "dtx.member.listen", "127.0.0.1:0"));
    }

    private static String at(DtxMember member) {
        return "127.0.0.1:" + member.port();
    }

    private static String assertStatus(DtxMember member, TransactionId id, String status) {
        String shown =
                Run.of("tx", "show", id.toString(), "--members", at(member)).out();
        assertThat(shown).contains("  " + status + "  ");
        return shown;
    }
}
