package io.dtx.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a shop over three databases, kills its worker in the middle, starts it again, and counts what is left. */
public final class Quickstart {
    /** Takes the path of a CSV file with orders; without one, there are a thousand in the jar. */
    public static void main(String[] arguments) throws Exception {
        OrderFile file = OrderFile.read(arguments.length == 0 ? "orders.csv" : arguments[0], lines(arguments));
        file.problems().forEach(System.err::println);
        int run = 1;
        while (Files.exists(Path.of("data", "run-" + run))) {
            run++; // every run has databases of its own, so that the earlier ones can be looked at
        }
        Path directory = Files.createDirectories(Path.of("data", "run-" + run)).toAbsolutePath();
        System.setProperty("shop.directory", directory.toString());
        System.out.println(file.orders().size() + " orders; the databases are in " + directory);
        Databases.create(file.orders());
        int exitCode = runWorker(directory, Math.max(1, file.orders().size() / 2));
        while (exitCode == PowerCut.EXIT_CODE) {
            System.out.println("*** The worker was killed right after a payment. It is started again. ***");
            exitCode = runWorker(directory, Integer.MAX_VALUE);
        }
        System.exit(exitCode != 0 || file.problems().isEmpty() ? exitCode : 2);
    }

    private static List<String> lines(String[] arguments) throws IOException {
        try (InputStream in = arguments.length == 0
                ? Quickstart.class.getResourceAsStream("/orders.csv")
                : Files.newInputStream(Path.of(arguments[0]))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            System.err.println(arguments[0] + ": cannot be read: " + e);
            System.exit(2);
            throw e;
        }
    }

    private static int runWorker(Path directory, int powerCut) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder process = new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1", // it does not live long
                "-XX:+UseSerialGC",
                "-Dshop.directory=" + directory,
                "-Dshop.power-cut=" + powerCut,
                Worker.class.getName());
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return process.inheritIO().start().waitFor();
    }
}
