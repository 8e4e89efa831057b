package io.dtx.runtime.net;

import static io.dtx.runtime.net.TwoEnds.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates change under a running member: new connections see the new ones, and a mistake changes nothing. */
class CertificateRenewalTest {

    @TempDir
    Path directory;

    @Test
    void new_connections_use_the_new_certificate_and_old_ones_go_on() throws Exception {
        TlsFiles files = copyOf(TestCa.of(Role.MEMBER));
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, NetOptions.tls(files), TwoEnds.CLUSTER)) {
            Client before = ends.caller(Role.APPLICATION);
            Await.result(before.check(ends.address));
            assertEquals("CN=member", shownTo(ends.address));
            replace(files.key(), renewed().key());
            replace(files.chain(), renewed().chain());
            Await.until("the new one is shown", () -> shownTo(ends.address).equals("CN=renewed"));
            assertTrue(before.isConnected(ends.address));
            assertEquals("x", text(Await.result(ends.ask(before, Service.SESSION, "x"))));
            assertEquals("y", text(Await.result(ends.ask(ends.caller(Role.APPLICATION), Service.SESSION, "y"))));
        }
    }

    @Test
    void files_that_cannot_be_used_leave_the_old_certificate_in_place_and_are_complained_about_once() throws Exception {
        TlsFiles files = copyOf(TestCa.of(Role.MEMBER));
        try (Logged logged = new Logged();
                TwoEnds ends = TwoEnds.serving(TwoEnds::echo, NetOptions.tls(files), TwoEnds.CLUSTER)) {
            Tls tls = Tls.load(files, true);
            replace(files.key(), renewed().key()); // the other half of the renewal is still to come
            assertKept(tls, logged, 1, "is not the certificate of");
            Files.writeString(files.chain(), "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
            assertKept(tls, logged, 2, "cannot be read");
            Files.delete(files.chain());
            assertKept(tls, logged, 3, "NoSuchFile");
            replace(files.key(), TestCa.expired(Role.MEMBER).key());
            replace(files.chain(), TestCa.expired(Role.MEMBER).chain());
            assertKept(tls, logged, 4, "valid from");
            replace(files.key(), TestCa.of(Role.OPERATOR).key());
            replace(files.chain(), TestCa.of(Role.OPERATOR).chain());
            assertKept(tls, logged, 5, "role operator");
            assertEquals("x", text(Await.result(ends.ask(ends.caller(Role.APPLICATION), Service.SESSION, "x"))));
            replace(files.key(), renewed().key());
            replace(files.chain(), renewed().chain());
            tls.reloadIfChanged();
            assertEquals("renewed", tls.credentials().identity().name());
        }
    }

    private static void assertKept(Tls tls, Logged logged, int complaints, String reason) {
        tls.reloadIfChanged();
        tls.reloadIfChanged();
        assertEquals("member", tls.credentials().identity().name());
        // The member in the test looks at the files, too, when its second comes: whatever it says is said once more.
        assertThat(logged.lines(5304)).filteredOn(each -> each.contains(reason)).hasSizeBetween(1, 2);
        assertThat(logged.lines(5304)).hasSizeBetween(complaints, 2 * complaints);
    }

    @Test
    void an_authority_that_is_taken_away_shuts_its_certificates_out() throws Exception {
        TlsFiles files = copyOf(TestCa.of(Role.MEMBER));
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, NetOptions.tls(files), TwoEnds.CLUSTER)) {
            Await.result(ends.ask(ends.caller(Role.APPLICATION), Service.SESSION, "x"));
            replace(files.authorities(), TestCa.ofAnotherAuthority(Role.MEMBER).authorities());
            Await.until("shut out", () -> {
                Client client = ends.caller(Role.APPLICATION);
                return ends.ask(client, Service.SESSION, "x")
                        .handle((answer, failure) -> failure instanceof NotSentException)
                        .join();
            });
        }
    }

    private static TlsFiles renewed() {
        return TestCa.withNames("renewed", java.util.List.of(Role.MEMBER.uri()), TestCa.HERE);
    }

    private TlsFiles copyOf(TlsFiles from) throws IOException {
        TlsFiles copy =
                new TlsFiles(directory.resolve("own.key"), directory.resolve("own.pem"), directory.resolve("ca.pem"));
        replace(copy.key(), from.key());
        replace(copy.chain(), from.chain());
        replace(copy.authorities(), from.authorities());
        return copy;
    }

    private static void replace(Path file, Path by) throws IOException {
        Path fresh = file.resolveSibling("fresh");
        Files.copy(by, fresh);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String shownTo(Address port) {
        try (SSLSocket socket = (SSLSocket) RawPeer.context(TestCa.of(Role.APPLICATION))
                .getSocketFactory()
                .createSocket(port.host(), port.port())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
