package io.dtx.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.spi.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power of a till is cut around each thing that its ledger does with its file, the next one ends what it left, and the ledger
 * and the database have to agree. {@code -Dledger.all=true}: at every point, else at the two between prepare and commit and at the last.
 */
class LedgerCrashTest {

    private static final boolean ALL = Boolean.getBoolean("ledger.all");
    private static final List<Point> SLICE =
            List.of(Point.AFTER_PREPARED_IS_FORCED, Point.BEFORE_COMMITTED_IS_WRITTEN, Point.AFTER_COMMITTED_IS_FORCED);

    @TempDir
    Path directory;

    private Database database;
    private long nextNumber = 1;

    @BeforeEach
    void start() throws Exception {
        database = Database.start(directory.resolve("postgres"));
    }

    @AfterEach
    void stop() throws Exception {
        database.close();
    }

    @Test
    void wherever_the_power_is_cut_ledger_and_database_agree_and_planted_bugs_are_found() throws Exception {
        for (Point each : ALL ? List.of(Point.values()) : SLICE) {
            long before = database.number("SELECT count(*) FROM sale");
            cutPower(each);
            Audit audit = settle(each.name(), open());
            assertThat(audit.isClean()).as(each + ": " + audit).isTrue();
            boolean decided = each.ordinal() >= Point.BEFORE_COMMITTED_IS_WRITTEN.ordinal();
            assertThat(audit.sales() - before).as(each.name()).isEqualTo(decided ? 2 : 1);
        }

        Audit audit = restartAndCutPower(true);
        assertThat(audit.isClean()).as(audit.toString()).isTrue();

        long lost = lost(restartAndCutPower(false));
        assertThat(lost).isPositive();
        cutPower(Point.BEFORE_COMMITTED_IS_WRITTEN, "unforced");
        long before = lost;
        lost = lost(settle("planted: what is prepared is not forced", open()));
        assertThat(lost).isGreaterThan(before);
        cutPower(Point.BEFORE_COMMITTED_IS_WRITTEN);
        Ledger forgetful = new Forgetful(new LedgerFile(directory.resolve("ledger")));
        assertThat(lost(settle("planted: what was prepared is not listed", forgetful)))
                .isGreaterThan(lost);
    }

    /**
     * A process is killed when it has written that a branch has committed, and not forced it; the next one finds the branch ended,
     * and dtx forgets the decision; then the power is cut.
     */
    private Audit restartAndCutPower(boolean forcesWhatItFinds) throws Exception {
        cutPower(Point.BEFORE_COMMITTED_IS_FORCED, "killed");
        InheritedFile file = new InheritedFile(directory.resolve("ledger"), forcesWhatItFinds);
        settle("killed and restarted", new Ledger(file));
        file.cutPower();
        return settle(forcesWhatItFinds ? "the power is cut then" : "planted: what is found is not forced", open());
    }

    private static long lost(Audit audit) {
        return audit.sold() - audit.till();
    }

    private Ledger open() throws Exception {
        return new Ledger(new LedgerFile(directory.resolve("ledger")));
    }

    /** Lets the next till end what is in doubt, and compares the books. */
    private Audit settle(String what, Ledger opened) throws Exception {
        try (Ledger ledger = opened;
                Till till = new Till(database.url(), ledger, directory)) {
            till.settle(database, ledger, Duration.ofSeconds(30));
            Audit audit = Audit.of(database, ledger);
            System.out.println("LEDGER " + what + ": " + audit);
            return audit;
        }
    }

    private void cutPower(Point point, String... bug) throws Exception {
        while (nextNumber % 3 != 1) { // customers who stay
            nextNumber++;
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                HaltingTill.class.getName(),
                database.url(),
                directory.toString(),
                String.valueOf(nextNumber),
                point.name()));
        command.addAll(List.of(bug));
        nextNumber += 3;
        Path errors = directory.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(HaltingTill.HALTED);
    }

    /** A ledger with a bug: it does not list what it has found prepared in its file. */
    private static final class Forgetful extends Ledger {

        Forgetful(LedgerFile file) throws IOException {
            super(file);
        }

        @Override
        public Map<BranchId, List<Entry>> inDoubt() {
            return Map.of();
        }
    }
}
