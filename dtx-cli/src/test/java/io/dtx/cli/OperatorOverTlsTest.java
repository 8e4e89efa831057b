package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.DtxMember;
import io.dtx.runtime.net.DevelopmentCa;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.TlsFiles;
import java.nio.file.Path;
import java.util.HashMap;
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

    @Test
    void an_applications_certificate_speaks_for_the_applications_that_it_names() throws Exception {
        DevelopmentCa authority = DevelopmentCa.in(base.resolve("ca"));
        TlsFiles own = authority.issue("m1", Role.MEMBER, List.of("localhost", "127.0.0.1"));
        TlsFiles shop = authority.issue("till", List.of("shop", "kiosk"));
        TlsFiles orders = authority.issue("orders", List.of("orders"));
        Map<String, String> settings = new HashMap<>(tls(own));
        settings.put("dtx.log.dir", base.resolve("log").toString());
        settings.put("dtx.member.listen", "127.0.0.1:0");
        try (DtxMember member = DtxMember.start(settings);
                Application till = new Application(member.port(), tls(shop))) {
            till.order(1);
            assertThatThrownBy(() -> new Application(member.port(), tls(orders)))
                    .hasMessageContaining("DTX-7052")
                    .hasMessageContaining("speak for application shop");
            till.order(2);
        }
    }

    private static Map<String, String> tls(TlsFiles files) {
        return Map.of(
                "dtx.tls.key", files.key().toString(),
                "dtx.tls.certificate", files.chain().toString(),
                "dtx.tls.authorities", files.authorities().toString());
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
