package io.dtx.examples.bank;

import io.dtx.TransactionMode;
import io.dtx.examples.bank.Journal.Answer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * What the databases say.
 *
 * @param transactions what was asked for
 * @param committed what was answered so, or left postings if nobody was there to hear the answer
 * @param torn those whose moved money does not add up over both databases
 * @param contradicted those that were answered otherwise than they ended
 * @param prepared branches that nobody has ended
 * @param expected the sum of all balances at the beginning and of all cash since
 * @param actual the sum of all balances
 */
record Audit(
        long transactions, long committed, long torn, long contradicted, long prepared, long expected, long actual) {

    static Audit of(Server server) throws SQLException {
        Map<Long, Long> moved = new HashMap<>();
        long expected = 0;
        long actual = 0;
        for (String each : Databases.NAMES) {
            expected += server.number(each, "SELECT sum(opening) FROM account");
            expected += server.number(each, "SELECT coalesce(sum(cents), 0) FROM posting WHERE cash");
            actual += server.number(each, "SELECT sum(balance) FROM account");
            addMoved(server, each, moved);
        }
        long torn = moved.values().stream().filter(sum -> sum != 0).count();
        long prepared = server.number("postgres", "SELECT count(*) FROM pg_prepared_xacts");
        return of(server, moved, new Audit(0, 0, torn, 0, prepared, expected, actual));
    }

    /** Adds, for each transaction that has left postings, what it has moved: in the end zero. */
    private static void addMoved(Server server, String database, Map<Long, Long> moved) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT transaction,"
                        + " sum(CASE WHEN cash THEN 0 ELSE cents END) FROM posting GROUP BY transaction")) {
            while (rows.next()) {
                moved.merge(rows.getLong(1), rows.getLong(2), Long::sum);
            }
        }
    }

    private static Audit of(Server server, Map<Long, Long> posted, Audit sums) throws SQLException {
        long transactions = 0;
        long committed = 0;
        long contradicted = 0;
        try (Connection connection = server.connect("journal");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT transaction, kind, answer FROM request")) {
            while (rows.next()) {
                boolean left = posted.containsKey(rows.getLong(1));
                boolean reads = rows.getString(2).equals("balance");
                String answer = rows.getString(3);
                boolean told = Answer.COMMITTED.name().equals(answer);
                boolean aborted = Answer.ABORTED.name().equals(answer);
                transactions++;
                committed += told || left ? 1 : 0;
                contradicted += left ? (aborted ? 1 : 0) : (told && !reads ? 1 : 0);
            }
        }
        return new Audit(transactions, committed, sums.torn, contradicted, sums.prepared, sums.expected, sums.actual);
    }

    /** Returns whether no cent was made or lost, nothing is open, and everybody was told the truth. */
    boolean isClean() {
        return torn == 0 && contradicted == 0 && prepared == 0 && expected == actual;
    }

    String line(TransactionMode mode) {
        return "RESULT mode=" + mode + " transactions=" + transactions + " committed=" + committed + " aborted="
                + (transactions - committed) + " in-doubt=" + (prepared + torn) + " expected-sum=" + expected
                + " actual-sum=" + actual;
    }
}
