package io.dtx.examples.conformance.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.examples.conformance.CdiSe;
import io.dtx.examples.conformance.PlainJava;
import io.dtx.examples.conformance.Trial;
import io.dtx.runtime.Dtx;
import io.dtx.spi.Woven;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of classes that enter dtx by their own bytecode. */
class BytecodeTest {

    @TempDir
    Path directory;

    @Test
    void the_build_has_woven_the_classes() throws Exception {
        Class<?> orders = Class.forName("io.dtx.examples.conformance.Orders");
        assertThat(orders.isAnnotationPresent(Woven.class)).isTrue();
        assertThat(getClass().getClassLoader().getResource("io/dtx/examples/conformance/Orders_DtxBean.class"))
                .isNull();
    }

    @Test
    void woven_by_the_build_it_leaves_the_recorded_trace_in_plain_java() throws Exception {
        assertThat(Trial.of(directory, PlainJava.class).trace()).isEqualTo(Trial.recorded());
        System.out.println("PASSED plain Java, bytecode woven by the build, Java " + Runtime.version());
    }

    @Test
    void woven_by_the_build_it_leaves_the_recorded_trace_on_weld() throws Exception {
        assertThat(Trial.of(directory, CdiSe.class).trace()).isEqualTo(Trial.recorded());
        Trial.passed("Weld SE, bytecode woven by the build,", WeldContainer.class);
    }

    @Test
    void woven_by_the_agent_it_leaves_the_recorded_trace_in_plain_java() throws Exception {
        assertThat(new Trial(directory, withAgent(PlainJava.class)).trace()).isEqualTo(Trial.recorded());
        System.out.println("PASSED plain Java, bytecode woven by the agent, Java " + Runtime.version());
    }

    @Test
    void woven_by_the_agent_it_leaves_the_recorded_trace_on_weld() throws Exception {
        assertThat(new Trial(directory, withAgent(CdiSe.class)).trace()).isEqualTo(Trial.recorded());
        Trial.passed("Weld SE, bytecode woven by the agent,", WeldContainer.class);
    }

    private static List<String> withAgent(Class<?> program) throws URISyntaxException {
        String woven = place(program);
        String classPath = System.getProperty("java.class.path");
        assertThat(classPath).contains(woven);
        return List.of(
                "-javaagent:" + place(Dtx.class),
                "-cp",
                System.getProperty("conformance.unwoven")
                        + File.pathSeparator
                        + classPath.replace(woven + File.pathSeparator, ""),
                program.getName(),
                Trial.PART);
    }

    private static String place(Class<?> type) throws URISyntaxException {
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(place).toString();
    }
}
