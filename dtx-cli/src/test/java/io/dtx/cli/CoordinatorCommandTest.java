package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionStatus;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator in a process of its own: it is used, told to stop, killed, started again, and refused a start. */
class CoordinatorCommandTest {

    private static final String ANYWHERE = "127.0.0.1:0";

    @TempDir
    Path base;

    @Test
    void it_serves_until_sigterm_and_goes_on_where_it_was_after_a_kill() throws Exception {
        Path log = base.resolve("log");
        CoordinatorProcess first = CoordinatorProcess.start(log, base.resolve("errors"), "--listen", ANYWHERE);
        String port = String.valueOf(first.port());
        try (Application shop = new Application(first.port(), Map.of())) {
            var id = shop.order(1);
            first.kill();
            try (CoordinatorProcess second =
                    CoordinatorProcess.start(log, base.resolve("errors"), "--listen", "127.0.0.1:" + port)) {
                shop.order(2);
                shop.await(id, TransactionStatus.COMMITTED);

                Run locked = Run.of("coordinator", "--dir", log.toString(), "--listen", ANYWHERE);
                Run busy = Run.of("coordinator", "--dir", base + "/other", "--listen", "127.0.0.1:" + port);
                Run list = Run.of("tx", "list", "--members", "127.0.0.1:" + port);
                shop.close();
                int exit = second.terminate();

                assertThat(locked.exit()).isEqualTo(3);
                assertThat(locked.err()).startsWith("dtx: DTX-5103").hasLineCount(1);
                assertThat(busy.exit()).isEqualTo(3);
                assertThat(busy.err()).startsWith("dtx: DTX-5306").hasLineCount(1);
                assertThat(list.out()).contains("order", "COMMITTED");
                assertThat(exit).as(second.errors()).isZero();
                assertThat(second.rest()).containsExactly("dtx coordinator is closed");
            }
        }
        assertThat(Run.of("log", "check", log.toString()).exit()).isZero();
    }

    @Test
    void a_damaged_log_is_refused_with_the_file_and_the_byte() throws Exception {
        Path log = base.resolve("log");
        CoordinatorProcess.start(log, base.resolve("errors"), "--listen", ANYWHERE)
                .terminate();
        Path manifest = log.resolve("manifest");
        try (RandomAccessFile file = new RandomAccessFile(manifest.toFile(), "rw")) {
            file.seek(20);
            file.write(0xAB);
        }

        Run refused = Run.of("coordinator", "--dir", log.toString(), "--listen", ANYWHERE);

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("dtx: DTX-5101 " + manifest.toAbsolutePath() + " is damaged at byte 0")
                .contains("restore all of it from a backup");
    }

    @Test
    void what_is_configured_wrongly_is_told_from_what_stands_in_the_way() throws Exception {
        String dir = base.resolve("log").toString();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Run.of("coordinator", "--dir", dir, "--listen", "127.0.0.1:" + taken.getLocalPort())
                            .exit())
                    .isEqualTo(3);
        }
        assertThat(Run.of("coordinator", "--dir", dir, "--listen", "nowhere").exit())
                .isEqualTo(2);
        assertThat(Run.of("coordinator", "--dir", dir, "--listen", "0.0.0.0:0").err())
                .contains("DTX-5302");
        assertThat(Run.of("coordinator", "--dir", dir, "--set", "dtx.session.timeout=soon")
                        .exit())
                .isEqualTo(2);
        assertThat(Run.of("coordinator", "--dir", dir, "--tls-key", "k.pem").err())
                .contains("DTX-1023", "dtx.tls.certificate", "dtx.tls.authorities");
        assertThat(Run.of("coordinator", "--port", "7").exit()).isEqualTo(2);
    }
}
