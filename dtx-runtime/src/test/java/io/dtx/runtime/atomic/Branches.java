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

/** Tellers on two databases and one log directory, one after the other, and the audit of what they leave. */
final class Branches {

    private final Path directory;
    private final TestDatabase east;
    private final TestDatabase west;
    private int trials;
    private int nextTransfer = 1;

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
        assertThat(inEast).as("%s: what both databases hold", what).isEqualTo(inWest);
        assertThat(Bank.balance(east) + Bank.balance(west))
                .as("%s: the sum", what)
                .isEqualTo(2 * Bank.START_BALANCE);
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
