package io.dtx.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the bank in both modes with a kill in the middle, and counts again what the audit says. */
class BankTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void no_money_is_made_or_lost_although_the_worker_is_killed(TransactionMode mode) throws Exception {
        try (EmbeddedPostgres server = Bank.start(directory.resolve("postgres"))) {
            Audit audit = Bank.run(server, mode, 1, directory);

            assertThat(audit.isClean()).as(audit.line(mode)).isTrue();
            List<String> east = rows(server, "east", "SELECT transfer || ' ' || -cents FROM booking");
            List<String> west = rows(server, "west", "SELECT transfer || ' ' || cents FROM booking");
            assertThat(east).containsExactlyInAnyOrderElementsOf(west).hasSize((int) audit.committed());
            assertThat(audit.committed()).isPositive().isLessThanOrEqualTo(audit.transactions());
            assertThat(east).as("committed before the kill").anyMatch(each -> each.matches("\\d{1,6} .*"));
            assertThat(east).as("committed after it").anyMatch(each -> each.matches("1\\d{6} .*"));
            String booked = "SELECT id FROM account WHERE balance <> opening"
                    + " + (SELECT coalesce(sum(cents), 0) FROM booking WHERE booking.account = account.id)";
            assertThat(rows(server, "east", booked)).isEmpty();
            assertThat(rows(server, "west", booked)).isEmpty();
        }
    }

    private static List<String> rows(EmbeddedPostgres server, String database, String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }
}
