package io.dtx.examples.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a database and a till, kills the till again and again, and compares the books. */
public final class Example {

    private static final int KILLS = 5;
    private static final int SALES = 50;
    private static final long NUMBERS_PER_LIFE = 1_000_000;

    private Example() {}

    /** Takes how many kills there are to be. */
    public static void main(String[] arguments) throws Exception {
        int kills = arguments.length == 0 ? KILLS : Integer.parseInt(arguments[0]);
        Path directory = Files.createTempDirectory("dtx-ledger");
        Audit audit;
        try (Database database = Database.start(directory.resolve("postgres"))) {
            for (int life = 0; life < kills; life++) {
                long before = database.number("SELECT count(*) FROM sale");
                Process till = start(database.url(), directory, life * NUMBERS_PER_LIFE);
                while (database.number("SELECT count(*) FROM sale") < before + SALES) {
                    if (till.waitFor(10, TimeUnit.MILLISECONDS)) {
                        throw new IllegalStateException("the till ended by itself, with " + till.exitValue());
                    }
                }
                till.destroyForcibly().waitFor();
                System.out.println("*** kill -9, number " + (life + 1) + ": " + database.prepared() + " in doubt at the"
                        + " database ***");
            }
            audit = settle(database, directory);
        }
        System.out.println(audit);
        System.exit(audit.isClean() ? 0 : 1);
    }

    private static Audit settle(Database database, Path directory) throws Exception {
        try (Ledger ledger = new Ledger(new LedgerFile(directory.resolve("ledger")));
                Till till = new Till(database.url(), ledger, directory)) {
            till.settle(database, ledger, Duration.ofMinutes(1));
            return Audit.of(database, ledger);
        }
    }

    private static Process start(String url, Path directory, long first) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it does not live long
                "-Xmx256m",
                Till.class.getName(),
                url,
                directory.toString(),
                String.valueOf(first));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return process.redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
