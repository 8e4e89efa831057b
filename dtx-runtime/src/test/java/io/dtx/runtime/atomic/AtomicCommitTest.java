package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionStatus;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two PostgreSQL databases and one log: what commits, what rolls back, and what that costs. */
class AtomicCommitTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private Bank bank;

    @BeforeEach
    void open() {
        bank = new Bank(directory, Map.of("dtx.xa.recovery.interval", "1h"), east, west).start();
        bank.log().appends().clear();
    }

    @AfterEach
    void close() {
        bank.close();
        assertThat(bank.inDoubt()).isZero();
    }

    @Test
    void two_databases_commit_together_with_one_append() throws Exception {
        bank.transfer(10);

        assertThat(decisions()).containsExactly("RECORD_DECISION");
        assertBalances(990, 1010);
    }

    @Test
    void what_is_forgotten_rides_with_the_next_decision() throws Exception {
        AtomicInteger moved = new AtomicInteger();

        Bank.await(
                () -> { // unless nothing was decided for so long that it was appended by itself
                    try {
                        bank.transfer(1);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    moved.incrementAndGet();
                    return bank.log().appends().contains("FORGET_DECISION RECORD_DECISION");
                });

        assertThat(decisions()).hasSize(moved.get());
        assertBalances(1000 - moved.get(), 1000 + moved.get());
    }

    @Test
    void an_exception_rolls_both_back_without_an_append() throws Exception {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), -10);
                    Bank.add(bank.west(), 10);
                    throw new IllegalArgumentException("changed my mind");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("changed my mind");

        assertThat(bank.log().appends()).isEmpty();
        assertBalances(1000, 1000);
    }

    @Test
    void rollback_only_rolls_both_back_without_an_append() throws Exception {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), -10);
                    Bank.add(bank.west(), 10);
                    TransactionContext.current().setRollbackOnly("the limit");
                    return null;
                }))
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageStartingWith("DTX-2022")
                .hasMessageContaining("the limit");

        assertThat(bank.log().appends()).isEmpty();
        assertBalances(1000, 1000);
    }

    @Test
    void one_database_commits_in_one_phase_without_an_append() throws Exception {
        bank.atomically(() -> {
            Bank.add(bank.east(), 7);
            return null;
        });

        assertThat(bank.log().appends()).isEmpty();
        assertBalances(1007, 1000);
    }

    @Test
    void reading_appends_nothing() throws Exception {
        long seen = bank.atomically(() -> {
            try (Connection connection = bank.east().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT balance FROM account")) {
                rows.next();
                return rows.getLong(1);
            }
        });

        assertThat(seen).isEqualTo(1000);
        assertThat(bank.log().appends()).isEmpty();
    }

    @Test
    void many_threads_append_no_more_than_their_decisions_and_lose_nothing() throws Exception {
        int threads = 16;
        int each = 20;
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        List<Future<Void>> done = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            done.add(callers.submit(() -> {
                for (int n = 0; n < each; n++) {
                    bank.transfer(1);
                }
                return null;
            }));
        }
        for (Future<Void> one : done) {
            one.get();
        }
        callers.shutdown();

        assertBalances(1000 - threads * each, 1000 + threads * each);
        assertThat(decisions()).hasSizeLessThanOrEqualTo(threads * each);
    }

    @Test
    void what_still_runs_when_dtx_is_closed_does_not_commit_past_the_log() throws Exception {
        Path elsewhere = directory.resolve("other");
        Bank closing = new Bank(
                elsewhere,
                Map.of("dtx.close.wait", "1ms"),
                Bank.account(PostgresFixture.freshDatabase()),
                Bank.account(PostgresFixture.freshDatabase()));
        bank.close();
        closing.start();
        assertThatThrownBy(() -> closing.atomically(() -> {
                    Bank.add(closing.east(), -1);
                    Bank.add(closing.west(), 1);
                    closing.close();
                    return null;
                }))
                .isInstanceOf(DtxException.class);
        assertThat(Path.of("ObjectStore")).doesNotExist();
        bank = new Bank(directory, Map.of(), east, west).start();
    }

    @Test
    void the_log_knows_the_outcome_of_what_it_decided() throws Exception {
        var id = bank.atomically(() -> {
            Bank.add(bank.east(), -1);
            Bank.add(bank.west(), 1);
            return TransactionContext.current().id();
        });

        assertThat(bank.dtx().transactions().outcome(id))
                .hasValueSatisfying(
                        status -> assertThat(status).isIn(TransactionStatus.COMPLETING, TransactionStatus.COMMITTED));
    }

    @Test
    void a_connection_is_the_same_one_all_through_a_transaction() throws Exception {
        List<Long> backends = bank.atomically(() -> List.of(backend(), backend()));

        assertThat(backends.get(0)).isEqualTo(backends.get(1));
    }

    /** Returns the appends, but for those of what had nothing to ride with for a while. */
    private List<String> decisions() {
        return bank.log().appends().stream()
                .filter(each -> !each.matches("FORGET_DECISION( FORGET_DECISION)*"))
                .toList();
    }

    private long backend() throws Exception {
        try (Connection connection = bank.east().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void assertBalances(long inEast, long inWest) {
        assertThat(Bank.balance(east)).isEqualTo(inEast);
        assertThat(Bank.balance(west)).isEqualTo(inWest);
    }
}
