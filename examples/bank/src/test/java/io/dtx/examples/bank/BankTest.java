package io.dtx.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the bank in both modes with a kill in the middle, and counts again what the audit says. With {@code -Dbank.members=3} the
 * workers share the log of three members.
 */
class BankTest {

    private static final Set<String> KINDS =
            Set.of("amalgamate", "balance", "depositChecking", "sendPayment", "transactSavings", "writeCheck");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void no_money_is_made_or_lost_although_workers_are_killed(TransactionMode mode) throws Exception {
        String members = System.getProperty("bank.members", "0");
        Options options = Options.of("--workers", "2", "--kills", "1", "--seconds", "2", "--members", members);
        try (Server server = Server.start(directory.resolve("postgres"))) {
            Audit audit = Bank.run(server, mode, options, Worker.class, directory);
            System.out.println(audit.line(mode));

            assertThat(audit.isClean()).as(audit.toString()).isTrue();
            Books books = Books.of(server);
            assertThat(books.wrongBalances).isEmpty();
            assertThat(books.moved.values()).as("what each transaction moved").containsOnly(0L);
            assertThat(books.prepared).isZero();
            assertThat(books.kinds).containsExactlyInAnyOrderElementsOf(KINDS);
            assertThat(books.lives).as("lives of workers that left postings").containsExactlyInAnyOrder(0L, 1L, 2L);
            assertThat(books.toldCommitted).isSubsetOf(books.moved.keySet());
            assertThat(books.toldAborted).doesNotContainAnyElementsOf(books.moved.keySet());
            assertThat(audit.line(mode))
                    .isEqualTo("RESULT mode=" + mode + " transactions=" + books.asked + " committed="
                            + (books.asked - books.toldAborted.size() - books.untold) + " aborted="
                            + (books.toldAborted.size() + books.untold) + " in-doubt=0 expected-sum="
                            + (books.opening + books.cash) + " actual-sum=" + books.balance);
        }
    }

    @Test
    void the_audit_finds_payments_that_arrive_nowhere() throws Exception {
        Options options = Options.of("--workers", "1", "--kills", "0", "--seconds", "1");
        try (Server server = Server.start(directory.resolve("postgres"))) {
            Audit audit = Bank.run(server, TransactionMode.ATOMIC, options, TornWorker.class, directory);

            assertThat(audit.isClean()).isFalse();
            assertThat(audit.torn()).isPositive();
            assertThat(audit.actual()).isLessThan(audit.expected());
        }
    }

    /** Everything, row by row. */
    private static final class Books {
        final Map<Long, Long> moved = new HashMap<>();
        final Set<String> wrongBalances = new HashSet<>();
        final Set<String> kinds = new HashSet<>();
        final Set<Long> lives = new HashSet<>();
        final List<Long> toldCommitted = new ArrayList<>();
        final List<Long> toldAborted = new ArrayList<>();
        long opening;
        long cash;
        long balance;
        long asked;
        long untold;
        long prepared;

        static Books of(Server server) throws SQLException {
            Books books = new Books();
            for (String each : new String[] {"savings", "checking"}) {
                Map<Long, Long> due = new HashMap<>();
                rows(server, each, "SELECT customer, opening, 0, false FROM account", row -> {
                    books.opening += row.getLong(2);
                    due.put(row.getLong(1), row.getLong(2));
                });
                rows(server, each, "SELECT customer, cents, transaction, cash FROM posting", row -> {
                    books.cash += row.getBoolean(4) ? row.getLong(2) : 0;
                    due.merge(row.getLong(1), row.getLong(2), Long::sum);
                    books.moved.merge(row.getLong(3), row.getBoolean(4) ? 0 : row.getLong(2), Long::sum);
                    books.lives.add(row.getLong(3) / 1_000_000);
                });
                rows(server, each, "SELECT customer, balance FROM account", row -> {
                    books.balance += row.getLong(2);
                    if (!due.get(row.getLong(1)).equals(row.getLong(2))) {
                        books.wrongBalances.add(each + ' ' + row.getLong(1));
                    }
                });
            }
            rows(server, "journal", "SELECT transaction, kind, answer FROM request", books::add);
            rows(server, "postgres", "SELECT gid FROM pg_prepared_xacts", row -> books.prepared++);
            return books;
        }

        private void add(ResultSet row) throws SQLException {
            asked++;
            kinds.add(row.getString(2));
            long number = row.getLong(1);
            if ("COMMITTED".equals(row.getString(3))) {
                if (!row.getString(2).equals("balance")) {
                    toldCommitted.add(number);
                }
            } else if ("ABORTED".equals(row.getString(3))) {
                toldAborted.add(number);
            } else if (!moved.containsKey(number)) {
                untold++;
            }
        }

        private static void rows(Server server, String database, String query, Reader reader) throws SQLException {
            try (Connection connection = server.connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        }

        private interface Reader {
            void read(ResultSet row) throws SQLException;
        }
    }
}
