package io.dtx.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Runs a shop over three databases, kills its worker in the middle, starts it again, and counts what is left. */
public final class Quickstart {

    private static final int BAD_INPUT = 2;

    private Quickstart() {}

    /** Takes the path of a CSV file with orders; without one, there are a thousand in the jar. */
    public static void main(String[] arguments) throws Exception {
        OrderFile file = arguments.length == 0 ? bundled() : read(Path.of(arguments[0]));
        file.problems().forEach(System.err::println);

        System.setProperty("shop.directory", freshDirectory().toAbsolutePath().toString());
        System.out.println(file.orders().size() + " orders; the databases are in " + Databases.directory());
        Databases.create(file.orders());

        int exitCode = runWorker(Math.max(1, file.orders().size() / 2));
        while (exitCode == PowerCut.EXIT_CODE) {
            System.out.println("*** The worker was killed right after a payment. It is started again. ***");
            exitCode = runWorker(0);
        }
        System.exit(exitCode != 0 || file.problems().isEmpty() ? exitCode : BAD_INPUT);
    }

    private static OrderFile bundled() throws IOException {
        try (InputStream in = Quickstart.class.getResourceAsStream("/orders.csv")) {
            return OrderFile.read("orders.csv", lines(in.readAllBytes()));
        }
    }

    private static OrderFile read(Path path) {
        try {
            return OrderFile.read(path.toString(), lines(Files.readAllBytes(path)));
        } catch (IOException e) {
            System.err.println(path + ": cannot be read: " + e);
            System.exit(BAD_INPUT);
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }

    /** Every run has databases of its own, so that the runs before can be looked at. */
    private static Path freshDirectory() throws IOException {
        Path directory = IntStream.iterate(1, run -> run + 1)
                .mapToObj(run -> Path.of("data", "run-" + run))
                .filter(Files::notExists)
                .findFirst()
                .orElseThrow();
        return Files.createDirectories(directory);
    }

    private static int runWorker(int powerCut) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", // it does not live long
                        "-XX:+UseSerialGC",
                        "-Dshop.directory=" + Databases.directory(),
                        "-Dshop.power-cut=" + powerCut,
                        "-Dorg.jboss.logging.provider=slf4j",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName())
                .inheritIO()
                .start()
                .waitFor();
    }
}
