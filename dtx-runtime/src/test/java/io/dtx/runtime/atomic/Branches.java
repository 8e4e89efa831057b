package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.crash.Fork;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Tellers on two databases and one log directory, one after the other, and the audit of what they leave. */
final class Branches {

    private final Path directory;
    private final TestDatabase east;
    private final TestDatabase west;
    private int trials;
    private int nextTransfer = 1;
    private final Set<Integer> alone = new TreeSet<>(); // transfers of east's only

    /** Works on two databases of PostgreSQL. */
    Branches(Path directory) {
        this(directory, PostgresFixture.freshDatabase(), PostgresFixture.freshDatabase());
    }

    Branches(Path directory, TestDatabase east, TestDatabase west) {
        this.directory = directory;
        this.east = Bank.account(east);
        this.west = Bank.account(west);
    }

    TestDatabase east() {
        return east;
    }

    TestDatabase west() {
        return west;
    }

    /** Starts a teller that makes so many transfers. */
    Fork start(int transfers, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "url.east", east.url(),
                "url.west", west.url(),
                "user", east.user(),
                "password", east.password(),
                "transfers", String.valueOf(transfers),
                "first", String.valueOf(nextTransfer)));
        all.putAll(settings);
        for (int i = 0; i < transfers && settings.containsKey("alone"); i++) {
            alone.add(nextTransfer + i);
        }
        nextTransfer += transfers;
        return Fork.start(Teller.class, directory, all);
    }

    /** Lets a teller halt at a point. */
    void halt(String point, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("point", point, "passes", "2"));
        all.putAll(settings);
        Fork.Run run = start(10, all).await();
        assertThat(run.exit()).as(point + ": " + run.end()).isEqualTo(Teller.HALTED);
        counted();
    }

    /** Stops a process that pauses at its point, and gives others a copy of its log. */
    void stop(Fork process, String log, String copy) throws Exception {
        Files.deleteIfExists(directory.resolve("continued"));
        process.awaitLine("REACHED");
        process.signal("STOP");
        Path to = Files.createDirectory(directory.resolve(copy));
        try (Stream<Path> files = Files.list(directory.resolve(log))) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
        assertThat(to).isNotEmptyDirectory();
    }

    /** Lets it go on, to its end, which is a good one. */
    void wakeUp(Fork process, String what) throws Exception {
        Fork.Run run = goOn(process, what);
        assertThat(run.exit()).as(what + ": " + run.end()).isZero();
    }

    /** As {@link #wakeUp}, a survivor. At its start it may be refused: others have ended its session, or the branch of its probe. */
    void wakeUpStarting(Fork process, String point) throws Exception {
        Fork.Run run = goOn(process, point);
        boolean starts = point.equals("east:prepare:after") || point.equals("east:recover:after");
        boolean refused = run.end().contains("DTX-3504") || run.end().contains("DTX-3016");
        assertThat(run.exit() == 0 || (starts && refused))
                .as(point + ": " + run.end())
                .isTrue();
    }

    private Fork.Run goOn(Fork process, String what) throws Exception {
        Files.createFile(directory.resolve("continued"));
        process.signal("CONT");
        Fork.Run run = process.await();
        assertThat(run.said("GOES ON")).as(what + ": " + run.end()).isTrue();
        return run;
    }

    /** Something has been tried. */
    void counted() {
        trials++;
    }

    /** Lets a teller end what the others left, and then judges. */
    void audit(String what) throws Exception {
        audit(what, Map.of());
    }

    /** As above, with settings for the last teller. */
    void audit(String what, Map<String, String> settings) throws Exception {
        Fork.Run run = start(2, settings).await();
        assertThat(run.exit()).as(what + ": " + run.end()).isZero();
        Set<Integer> inEast = postings(east);
        Set<Integer> inWest = postings(west);
        Set<Integer> inBoth = new TreeSet<>(inEast);
        inBoth.removeAll(alone);
        assertThat(inBoth).as("%s: what both databases hold", what).isEqualTo(inWest);
        assertThat(Bank.balance(west)).as("%s: the other balance", what).isEqualTo(Bank.START_BALANCE + inWest.size());
        assertThat(Bank.balance(east)).as("%s: the balance", what).isEqualTo(Bank.START_BALANCE - inEast.size());
        assertThat(Bank.inDoubt(east, west)).as("%s: in doubt", what).isZero();
        for (String line : told()) {
            int number = Integer.parseInt(line.substring(0, line.indexOf(' ')));
            if (!line.endsWith("UNKNOWN")) {
                assertThat(inEast.contains(number))
                        .as("%s: was told %s", what, line)
                        .isEqualTo(line.endsWith("COMMITTED"));
            }
        }
    }

    List<String> told() throws IOException {
        Path told = directory.resolve("told");
        return Files.exists(told) ? Files.readAllLines(told) : List.of();
    }

    void report(String name) throws Exception {
        Tally.add(trials, trials);
        System.out.printf(
                "ATOMIC %-32s trials %3d  told %4d  committed %4d  violations 0%n",
                name, trials, told().size(), postings(east).size());
    }

    /** Returns the numbers of the transfers that a database holds. */
    static Set<Integer> postings(TestDatabase database) throws SQLException {
        Set<Integer> numbers = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT number FROM posting")) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }
}
