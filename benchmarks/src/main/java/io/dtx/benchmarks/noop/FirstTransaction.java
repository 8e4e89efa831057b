package io.dtx.benchmarks.noop;

import io.dtx.benchmarks.load.Forked;
import io.dtx.benchmarks.load.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that starts dtx, runs one saga, and says how long that took. */
public final class FirstTransaction {

    private FirstTransaction() {}

    /** Prints the milliseconds from the beginning of {@code start()} to the end of the first saga. */
    public static void main(String[] arguments) {
        Ledger ledger = new Ledger(1, 3);
        try (NoOpProcess dtx = new NoOpProcess(NoOpProcess.embedded(Path.of(arguments[0])), ledger)) {
            int sequence = ledger.begin(0);
            long begun = System.nanoTime();
            dtx.start();
            dtx.saga().run(0, sequence);
            System.out.println((System.nanoTime() - begun) / 1e6);
        }
    }

    /** Measures in a process of its own. */
    public static double millisInFork(Path log) throws IOException, InterruptedException {
        Process process = Forked.start(FirstTransaction.class, log.toString());
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the measured process failed: " + said);
        }
        return Double.parseDouble(said);
    }
}
