package io.dtx.examples.conformance.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.examples.conformance.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a war in a server. */
class WildFlyTest {

    @TempDir
    Path directory;

    @Test
    void it_leaves_the_recorded_trace() throws Exception {
        Path home = Path.of(System.getProperty("wildfly.home"));
        Files.copy(
                Path.of(System.getProperty("wildfly.war")),
                home.resolve("standalone/deployments/conformance.war"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(new Trial(directory, server(home)).trace()).isEqualTo(Trial.recorded());
        System.out.println("PASSED WildFly " + System.getProperty("wildfly.version") + ", Java " + Runtime.version());
    }

    private static List<String> server(Path home) {
        return List.of(
                "-Xmx512m",
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.home.dir=" + home,
                "-Djboss.socket.binding.port-offset=20000",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Dconformance.part=" + Trial.PART,
                "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.management/javax.management=ALL-UNNAMED",
                "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone");
    }
}
