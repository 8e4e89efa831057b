package io.dtx.examples.bank;

import io.dtx.TransactionMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the two databases say.
 *
 * @param transactions transfers that were asked for
 * @param committed those that are booked in both
 * @param torn those that are booked in one only
 * @param inDoubt prepared branches that nobody has ended
 * @param expected the sum of all balances at the beginning
 * @param actual the sum of all balances
 */
record Audit(long transactions, long committed, long torn, long inDoubt, long expected, long actual) {

    static Audit of(EmbeddedPostgres server) throws SQLException {
        long east = number(server, "east", "SELECT count(*) FROM booking");
        long west = number(server, "west", "SELECT count(*) FROM booking");
        String eastHash = "SELECT coalesce(sum(hashint8(transfer)), 0) FROM booking";
        boolean same = east == west && number(server, "east", eastHash) == number(server, "west", eastHash);
        return new Audit(
                number(server, "east", "SELECT count(*) FROM request"),
                Math.min(east, west),
                same ? 0 : Math.max(1, Math.abs(east - west)),
                number(server, "postgres", "SELECT count(*) FROM pg_prepared_xacts"),
                both(server, "SELECT sum(opening) FROM account"),
                both(server, "SELECT sum(balance) FROM account"));
    }

    boolean isClean() {
        return torn == 0 && inDoubt == 0 && expected == actual;
    }

    String line(TransactionMode mode) {
        return "RESULT mode=" + mode + " transactions=" + transactions + " committed=" + committed + " aborted="
                + (transactions - committed) + " in-doubt=" + (inDoubt + torn) + " expected-sum=" + expected
                + " actual-sum="
                + actual;
    }

    private static long both(EmbeddedPostgres server, String query) throws SQLException {
        return number(server, "east", query) + number(server, "west", query);
    }

    static long number(EmbeddedPostgres server, String database, String query) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
