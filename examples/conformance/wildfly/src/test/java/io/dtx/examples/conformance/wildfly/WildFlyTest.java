package io.dtx.examples.conformance.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.examples.conformance.Trial;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import org.h2.Driver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a war in a server, and what only a server has. */
class WildFlyTest {

    private static final Path HOME = Path.of(System.getProperty("wildfly.home"));
    private static final Path CONFIGURATION = HOME.resolve("standalone/configuration/standalone.xml");
    private static final Path H2 = HOME.resolve("modules/system/layers/base/com/h2database/h2/main");
    private static final String POOL = """
            <datasource jndi-name="java:jboss/datasources/stock" pool-name="stock">
                <connection-url>jdbc:h2:file:${conformance.directory}/stock;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE</connection-url>
                <driver>h2</driver>
                <security user-name="sa"/>
            </datasource>
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void deploy() throws IOException {
        Files.copy(
                Path.of(System.getProperty("wildfly.war")),
                HOME.resolve("standalone/deployments/conformance.war"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @BeforeEach
    void addPool() throws Exception {
        String configuration = Files.readString(CONFIGURATION);
        if (!configuration.contains(POOL)) {
            Files.writeString(
                    CONFIGURATION, configuration.replaceFirst("(?=<drivers>)", Matcher.quoteReplacement(POOL)));
        }
        // The server's own H2 is older: it could not read the databases.
        URI driver =
                Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(H2, "h2-*.jar")) {
            for (Path jar : jars) {
                Files.copy(Path.of(driver), jar, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void it_leaves_the_recorded_trace() throws Exception {
        assertThat(new Trial(directory, server()).trace()).isEqualTo(Trial.recordedOfReferences());
        System.out.println("PASSED WildFly, with a data source of the server, " + System.getProperty("wildfly.version")
                + ", Java " + Runtime.version());
    }

    @Test
    void its_managed_executor_carries_sagas_and_steps_are_not_part_of_its_transactions() throws Exception {
        assertThat(new Trial(directory, server()).trace("tasks")).contains("""
                == a task of a saga
                    do reserve tea 1 | Stock.reserve of T1 attempt 1 key T1.4zsow.D of T1.4zsow.D
                  returned reservation of tea
                == a task of a saga that fails
                    do reserve rum 1 | Stock.reserve of T2 attempt 1 key T2.4zsow.D of T2.4zsow.D
                    undo release rum 1 reservation of rum removed 1 | Stock.reserve of T2 attempt 1 key T2.4zsow.U of T2.4zsow.D
                  threw after reservation of rum
                == a task of none
                  threw DTX-2011
                == what is there
                  returned reserved tea
                == a saga in a transaction of the server, which rolls back
                    do reserve fig 1 | Stock.reserve of T3 attempt 1 key T3.4zsow.D of T3.4zsow.D
                  returned reservation of fig, then in it again
                == what is there then
                  returned reserved tea, reserved fig
                """);
        System.out.println("PASSED Jakarta Concurrency of WildFly " + System.getProperty("wildfly.version") + ", Java "
                + Runtime.version());
    }

    private static List<String> server() {
        return List.of(
                "-Xmx512m",
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.home.dir=" + HOME,
                Trial.POOL_OF_CONTAINER,
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
                HOME.resolve("jboss-modules.jar").toString(),
                "-mp",
                HOME.resolve("modules").toString(),
                "org.jboss.as.standalone");
    }
}
