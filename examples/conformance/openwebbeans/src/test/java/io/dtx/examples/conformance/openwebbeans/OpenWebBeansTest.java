package io.dtx.examples.conformance.openwebbeans;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.examples.conformance.CdiSe;
import io.dtx.examples.conformance.Trial;
import java.nio.file.Path;
import org.apache.webbeans.config.WebBeansContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace on OpenWebBeans SE. */
class OpenWebBeansTest {

    @TempDir
    Path directory;

    @Test
    void it_leaves_the_recorded_trace() throws Exception {
        assertThat(Trial.of(directory, CdiSe.class).trace()).isEqualTo(Trial.recordedOfReferences());
        Trial.passed("OpenWebBeans SE", WebBeansContext.class);
    }
}
