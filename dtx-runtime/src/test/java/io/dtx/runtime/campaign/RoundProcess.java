package io.dtx.runtime.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The process of one round, as the campaign sees it. */
final class RoundProcess {

    private static final long MINUTES_MAX = 60;

    private RoundProcess() {}

    /**
     * Runs it to its end. A round that fails, dies or hangs is a loss; its output is kept, that of others is not.
     *
     * @param reports directory for its output
     */
    static Outcome run(RealFault fault, long seed, boolean whole, Path reports)
            throws IOException, InterruptedException {
        String file = fault.name().replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT) + "-" + seed;
        Path report = reports.resolve(file + ".txt");
        long began = System.nanoTime();
        int exit;
        if (fault.clock()) {
            try (JumpingClock clock = new JumpingClock(reports.resolve(file + ".clock"), seed)) {
                exit = await(start(fault, seed, whole, report, clock.environment()));
            }
        } else {
            exit = await(start(fault, seed, whole, report, Map.of()));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        Outcome outcome = read(fault, exit, millis, Files.readAllLines(report));
        if (outcome.losses() > 0) {
            System.out.println("LOSS " + fault.name() + ", seed " + seed + ": see " + report.toAbsolutePath());
        }
        return outcome;
    }

    private static Process start(
            RealFault fault, long seed, boolean whole, Path report, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(fault.arguments(seed, whole));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(report.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int await(Process process) throws InterruptedException {
        if (process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            return process.exitValue();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        return -1;
    }

    private static Outcome read(RealFault fault, int exit, long millis, List<String> lines) {
        String[] said = lines.stream()
                .filter(each -> each.startsWith(Round.WORD + " "))
                .reduce((first, second) -> second)
                .map(each -> each.split(" ", 5))
                .orElse(new String[] {Round.WORD, "0", "0", "1"});
        long losses = Math.max(Long.parseLong(said[3]), exit == 0 ? 0 : 1);
        return new Outcome(
                fault.name(),
                1,
                Long.parseLong(said[1]),
                Long.parseLong(said[2]),
                losses,
                millis,
                losses == 0 && said.length > 4 ? said[4] : null);
    }
}
