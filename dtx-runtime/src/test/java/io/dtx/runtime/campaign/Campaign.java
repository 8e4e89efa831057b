package io.dtx.runtime.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** All real faults one after the other, for as many minutes as are asked for; see the package. Not part of the default build. */
class Campaign {

    /** From here on what can be tried out completely is, however long that takes. */
    private static final int COMPLETE_MINUTES = 60;

    private final long minutes = Long.getLong("dtx.minutes", 10);
    private final long seed = Long.getLong("dtx.seed", System.nanoTime());
    private final List<String> words =
            Arrays.asList(System.getProperty("dtx.campaign", "").split(","));

    @Test
    void every_real_fault_leaves_what_was_promised() throws Exception {
        List<RealFault> faults = RealFault.all().stream()
                .filter(each -> words.stream().anyMatch(each.name()::contains))
                .toList();
        assertFalse(faults.isEmpty(), () -> "no fault is called like one of " + words);
        Path reports = Files.createDirectories(Path.of(System.getProperty("dtx.campaign.reports", "target/campaign")));
        System.out.println("CAMPAIGN begins: " + faults.size() + " faults, " + minutes + " minutes, seed " + seed
                + "; what the rounds say is in " + reports.toAbsolutePath());
        int shares = faults.stream().mapToInt(RealFault::share).sum();
        List<Outcome> outcomes = new ArrayList<>();
        for (RealFault each : faults) {
            long seconds = TimeUnit.MINUTES.toSeconds(minutes) * each.share() / shares;
            Outcome outcome = bring(each, seconds, reports);
            outcomes.add(outcome);
            System.out.println(outcome);
        }
        System.out.println("\nCAMPAIGN of " + minutes + " minutes, seed " + seed);
        outcomes.forEach(each -> System.out.println(each.row()));
        assertEquals(0, outcomes.stream().mapToLong(Outcome::losses).sum(), "losses");
    }

    private Outcome bring(RealFault fault, long seconds, Path reports) throws IOException, InterruptedException {
        Outcome outcome = Outcome.of(fault);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        boolean whole = minutes >= COMPLETE_MINUTES;
        do {
            if (outcome.skipped() != null) {
                return outcome;
            }
            outcome = outcome.plus(RoundProcess.run(fault, seed + outcome.rounds(), whole, reports));
        } while (System.nanoTime() < end && !(whole && !fault.complete().isEmpty()));
        return outcome;
    }
}
