package io.dtx.examples.conformance.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dtx.examples.conformance.CdiSe;
import io.dtx.examples.conformance.Trial;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace on the container of Helidon MP. */
class HelidonTest {

    private static final int JAVA = 21;

    @TempDir
    Path directory;

    @BeforeEach
    void demandJava() {
        assumeTrue(Runtime.version().feature() >= JAVA, () -> Trial.skipped("Helidon MP", "it needs Java " + JAVA));
    }

    @Test
    void it_leaves_the_recorded_trace() throws Exception {
        List<String> program = List.of(
                "-Dmp.initializer.allow=true",
                Trial.POOL_OF_CONTAINER,
                "-cp",
                System.getProperty("java.class.path"),
                CdiSe.class.getName(),
                Trial.PART);
        assertThat(new Trial(directory, program).trace()).isEqualTo(Trial.recordedOfReferences());
        Trial.passed(
                "Helidon MP, with a pool of HikariCP,", Class.forName("io.helidon.microprofile.cdi.HelidonContainer"));
    }
}
