package io.dtx.runtime.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Woven when they are loaded, in JVMs of their own, classes do what those do that a build has woven. */
class WeaveAgentTest {

    @TempDir
    static Path folder;

    private static Path classes;
    private static Path agent;

    @BeforeAll
    static void compile() throws IOException {
        classes = Files.createDirectory(folder.resolve("classes"));
        WovenProgram.compile(classes, "bytecode");
        agent = folder.resolve("agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), WeaveAgent.class.getName());
        manifest.getMainAttributes().put(new Attributes.Name("Agent-Class"), WeaveAgent.class.getName());
        try (OutputStream out = Files.newOutputStream(agent)) {
            new JarOutputStream(out, manifest).close();
        }
    }

    @Test
    void an_agent_from_the_beginning_weaves_every_kind_of_method() throws Exception {
        List<String> said = java("-javaagent:" + agent, AgentProgram.class.getName());
        assertThat(said).containsAll(WeavePluginTest.expected()).doesNotContain("DTX-1038");
        assertThat(said.stream().filter(line -> line.endsWith(" in Till.reserve")))
                .hasSize(3);
    }

    @Test
    void an_agent_that_comes_late_names_the_classes_and_dtx_does_not_start_with_them() throws Exception {
        List<String> said = java(
                "-Djdk.attach.allowAttachSelf=true",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+EnableDynamicAgentLoading",
                AgentProgram.class.getName(),
                agent.toString());
        assertThat(String.join("\n", said))
                .contains("DTX-1037 shop.Till was loaded before the agent came")
                .contains("failed: DTX-1030 shop.Till was compiled with -Adtx.weave=bytecode and is not woven");
    }

    @Test
    void an_agent_without_its_library_says_so() throws Exception {
        String without = Stream.of(WovenProgram.classPathWith(classes).split(File.pathSeparator))
                .filter(each -> !each.contains("byte-buddy"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> said = run(without, "-javaagent:" + agent, AgentProgram.class.getName());
        assertThat(String.join("\n", said))
                .contains("DTX-1036 the agent weaves nothing")
                .contains("failed: DTX-1030 shop.");
    }

    private static List<String> java(String... arguments) throws IOException, InterruptedException {
        return run(WovenProgram.classPathWith(classes), arguments);
    }

    private static List<String> run(String classPath, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}
