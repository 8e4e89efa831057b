package io.dtx.examples.bank;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts processes of this class path, which end when this one does: their standard input ends. */
final class Processes {
    private Processes() {}

    static Process start(Class<?> main, Map<String, String> properties, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it does not live long
                "-XX:+UseSerialGC",
                "-Xmx256m"));
        properties.forEach((key, value) -> command.add("-D" + key + '=' + value));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return process.redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
