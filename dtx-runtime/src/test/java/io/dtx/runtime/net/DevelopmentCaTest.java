package io.dtx.runtime.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentCaTest {

    @Test
    void one_command_makes_certificates_that_work_together(@TempDir Path directory) throws Exception {
        DevelopmentCa.main(new String[] {
            directory.toString(), "m1=member:localhost,127.0.0.1,m1.example.org", "shop=application", "me=operator"
        });
        try (Network member = Network.open(NetOptions.tls(files(directory, "m1")), new ClusterIdentity(1));
                Server server = member.listen(
                        new Address("127.0.0.1", 0),
                        java.util.Map.of(Service.SESSION, TwoEnds::echo, Service.OPERATOR, TwoEnds::echo));
                Network shop = Network.open(NetOptions.tls(files(directory, "shop")), new ClusterIdentity(0));
                Network me = Network.open(NetOptions.tls(files(directory, "me")), new ClusterIdentity(0))) {
            Address address = new Address("localhost", server.port());
            assertEquals(
                    List.of(Role.MEMBER, Role.APPLICATION, Role.OPERATOR),
                    List.of(member.role(), shop.role(), me.role()));
            Await.result(shop.client().request(address, Service.SESSION, new byte[1], TwoEnds.SOON));
            Await.result(me.client().request(address, Service.OPERATOR, new byte[1], TwoEnds.SOON));
        }
    }

    @Test
    void a_second_run_replaces_certificates_and_keeps_the_authority(@TempDir Path directory) throws Exception {
        DevelopmentCa.main(new String[] {directory.toString(), "m1=member"});
        X509Certificate first = Pem.certificates(directory.resolve("m1.pem")).get(0);
        byte[] authority = Files.readAllBytes(directory.resolve("ca.pem"));
        DevelopmentCa.main(new String[] {directory.toString(), "m1=member"});
        X509Certificate second = Pem.certificates(directory.resolve("m1.pem")).get(0);
        assertThat(second).isNotEqualTo(first);
        assertThat(directory.resolve("ca.pem")).hasBinaryContent(authority);
        second.verify(Pem.certificates(directory.resolve("ca.pem")).get(0).getPublicKey());
    }

    @Test
    void keys_are_for_their_owner_only(@TempDir Path directory) throws Exception {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"), "no POSIX permissions here");
        TlsFiles files = DevelopmentCa.in(directory).issue("m1", Role.MEMBER, List.of("localhost"));
        for (Path each : List.of(files.key(), directory.resolve("ca.p12"))) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
        }
    }

    private static TlsFiles files(Path directory, String name) {
        return new TlsFiles(
                directory.resolve(name + ".key"), directory.resolve(name + ".pem"), directory.resolve("ca.pem"));
    }
}
