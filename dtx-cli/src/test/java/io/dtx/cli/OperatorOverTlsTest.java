package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.DtxMember;
import io.dtx.runtime.net.DevelopmentCa;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may look and act is what the certificate says. */
class OperatorOverTlsTest {

    @TempDir
    Path base;

    @Test
    void an_operators_certificate_opens_the_door_and_an_applications_does_not() throws Exception {
        DevelopmentCa authority = DevelopmentCa.in(base.resolve("ca"));
        List<String> here = List.of("localhost", "127.0.0.1");
        TlsFiles own = authority.issue("m1", Role.MEMBER, here);
        TlsFiles operator = authority.issue("ada", Role.OPERATOR, here);
        TlsFiles application = authority.issue("shop", Role.APPLICATION, here);
        try (DtxMember member = DtxMember.start(Map.of(
                "dtx.log.dir", base.resolve("log").toString(),
                "dtx.member.listen", "127.0.0.1:0",
                "dtx.tls.key", own.key().toString(),
                "dtx.tls.certificate", own.chain().toString(),
                "dtx.tls.authorities", own.authorities().toString()))) {
            Run allowed = list(member, operator, "20s");
            Run refused = list(member, application, "3s");
            Run plain = Run.of("tx", "list", "--members", "127.0.0.1:" + member.port(), "--wait", "2s");

            assertThat(allowed.exit()).as(allowed.err()).isZero();
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err()).contains("DTX-5322");
            assertThat(plain.exit()).isEqualTo(3);
        }
    }

    private static Run list(DtxMember member, TlsFiles files, String patience) {
        return Run.of(
                "tx",
                "list",
                "--members",
                "127.0.0.1:" + member.port(),
                "--wait",
                patience,
                "--tls-key",
                files.key().toString(),
                "--tls-certificate",
                files.chain().toString(),
                "--tls-authorities",
                files.authorities().toString());
    }
}
