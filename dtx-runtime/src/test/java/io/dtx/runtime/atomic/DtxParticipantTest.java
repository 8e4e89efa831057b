package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionAbortedException;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A participant that speaks no XA takes part in ATOMIC transactions, alone and beside databases. */
class DtxParticipantTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(H2Fixture.freshDatabase());
    private final TestDatabase west = Bank.account(H2Fixture.freshDatabase());
    private final Reservations reservations = new Reservations();
    private Bank bank;
    private Reservations.Seats seats;

    @BeforeEach
    void open() {
        open("200ms");
    }

    private void open(String recoveryInterval) {
        Map<String, String> settings =
                Map.of("dtx.xa.h2.allowed", "true", "dtx.xa.recovery.interval", recoveryInterval);
        bank = new Bank(directory, settings, east, west);
        bank.dtx().participant("reservations", reservations);
        seats = bank.dtx().resource("reservations", Reservations.Seats.class);
        bank.start();
        bank.log().appends().clear();
        reservations.calls.clear();
    }

    @AfterEach
    void close() {
        bank.close();
        assertThat(reservations.prepared).isEmpty();
    }

    @Test
    void it_commits_with_a_database_under_one_decision() throws Exception {
        sell(7);

        assertThat(reservations.sold).containsExactly(7);
        assertThat(Bank.balance(east)).isEqualTo(990);
        assertThat(bank.log().appends().get(0)).isEqualTo("RECORD_DECISION");
        assertThat(reservations.calls).containsExactly("begin", "prepare", "prepared", "commit", "committed");
    }

    @Test
    void it_rolls_back_with_a_database_that_refuses() {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    seats.reserve(7);
                    Bank.add(bank.east(), -1_000_000);
                    return null;
                }))
                .isInstanceOf(SQLException.class);

        assertThat(reservations.sold).isEmpty();
        assertThat(reservations.calls).containsExactly("begin", "abort");
        assertThat(bank.log().appends()).doesNotContain("RECORD_DECISION");
    }

    @Test
    void alone_it_is_prepared_and_decided_all_the_same() throws Exception {
        bank.atomically(() -> {
            seats.reserve(7);
            seats.reserve(8);
            return null;
        });

        assertThat(reservations.sold).containsExactly(7, 8);
        assertThat(bank.log().appends().get(0)).isEqualTo("RECORD_DECISION");
        assertThat(reservations.calls).containsExactly("begin", "prepare", "prepared", "commit", "committed");
        bank.awaitNothingInDoubt();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_database_beside_one_that_votes_read_only_is_prepared_and_decided_all_the_same(boolean readsFirst)
            throws Exception {
        bank.atomically(() -> {
            if (readsFirst) {
                seats.look();
            }
            Bank.add(bank.east(), -10);
            seats.look();
            return null;
        });

        assertThat(reservations.calls).containsExactly("begin", "prepare");
        assertThat(bank.log().appends().get(0)).isEqualTo("RECORD_DECISION");
        assertThat(Bank.balance(east)).isEqualTo(990);
        bank.awaitNothingInDoubt();
    }

    @Test
    void where_there_was_no_work_nothing_is_decided() throws Exception {
        bank.atomically(() -> {
            seats.look();
            return null;
        });

        assertThat(reservations.calls).containsExactly("begin", "prepare");
        assertThat(bank.log().appends()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"prepare, false", "prepared, false", "prepare, true", "prepared, true"})
    void a_refused_prepare_rolls_everything_back(String where, boolean alone) {
        reservations.failAt(where);

        assertThatThrownBy(() -> sell(7, alone))
                .isInstanceOf(TransactionAbortedException.class)
                .cause()
                .hasMessage("no answer to " + where);

        assertThat(reservations.sold).isEmpty();
        assertThat(reservations.prepared).isEmpty();
        assertThat(Bank.balance(east)).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "prepare, false, false",
        "prepared, false, false",
        "prepare, true, false",
        "prepared, true, false",
        "prepare, true, true",
        "prepared, true, true"
    })
    void a_refused_prepare_that_cannot_be_aborted_either_is_never_decided(
            String where, boolean alone, boolean unchecked) {
        reservations.failAt(where, "abort");
        if (unchecked) {
            reservations.failWith(IllegalStateException::new);
        }

        assertThatThrownBy(() -> sell(7, alone))
                .isInstanceOf(TransactionAbortedException.class)
                .cause()
                .hasMessage("no answer to " + where);

        Bank.await(reservations.prepared::isEmpty);
        assertThat(reservations.sold).isEmpty();
        assertThat(Bank.balance(east)).isEqualTo(1000);
        assertThat(bank.log().appends()).doesNotContain("RECORD_DECISION");
        bank.awaitNothingInDoubt();
    }

    @ParameterizedTest
    @CsvSource({"commit, false", "committed, false", "commit, true", "committed, true"})
    void once_it_is_decided_a_commit_without_an_answer_is_repeated(String where, boolean alone) throws Exception {
        reservations.failAt(where);

        sell(7, alone);

        bank.awaitNothingInDoubt();
        assertThat(reservations.sold).containsExactly(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_abort_without_an_answer_is_repeated(boolean alone) {
        bank.log().before(commands -> {
            if (commands.contains("RECORD_DECISION")) {
                bank.log().before(other -> {});
                reservations.failAt("abort");
                bank.fence(); // nothing is decided in this session any more
            }
        });

        assertThatThrownBy(() -> sell(7, alone)).isInstanceOf(TransactionAbortedException.class);

        Bank.await(reservations.prepared::isEmpty);
        assertThat(reservations.sold).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"before, false", "after, false", "before, true", "after, true"})
    void what_was_in_doubt_when_the_log_stopped_the_next_start_ends_as_the_log_says(String when, boolean alone) {
        WatchedLog.Step stop = commands -> {
            if (commands.contains("RECORD_DECISION")) {
                throw new IllegalStateException("the disk is gone");
            }
        };
        if (when.equals("before")) {
            bank.log().before(stop);
        } else {
            bank.log().after(stop);
        }
        assertThatThrownBy(() -> sell(7, alone)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(reservations.prepared).hasSize(1);
        bank.close();

        open();

        Bank.await(reservations.prepared::isEmpty);
        assertThat(reservations.sold).hasSize(when.equals("before") ? 0 : 1);
        bank.awaitNothingInDoubt();
    }

    @ParameterizedTest
    @CsvSource({"prepare, false", "prepared, false", "prepare, true", "prepared, true"})
    void an_error_of_a_prepare_rolls_everything_back_at_once(String where, boolean alone) {
        bank.close();
        open("1h");
        reservations.failAt(where, "abort");
        reservations.failWith(AssertionError::new);

        assertThatThrownBy(() -> sell(7, alone))
                .isInstanceOf(TransactionAbortedException.class)
                .cause()
                .isInstanceOf(AssertionError.class)
                .hasMessage("no answer to " + where);

        Bank.await(reservations.prepared::isEmpty);
        assertThat(bank.log().appends()).doesNotContain("RECORD_DECISION");
        bank.awaitNothingInDoubt();
        assertThat(Bank.balance(east)).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"commit, false", "committed, false", "commit, true", "committed, true"})
    void an_error_of_a_commit_is_an_answer_that_was_lost(String where, boolean alone) throws Exception {
        bank.close();
        open("1h");
        reservations.failAt(where);
        reservations.failWith(AssertionError::new);

        sell(7, alone);

        bank.awaitNothingInDoubt();
        assertThat(reservations.sold).containsExactly(7);
        assertThat(Bank.balance(east)).isEqualTo(alone ? 1000 : 990);
    }

    @Test
    void one_that_cannot_begin_takes_no_part() {
        reservations.failAt("begin");

        assertThatThrownBy(() -> sell(7)).isInstanceOf(DtxException.class).hasMessageStartingWith("DTX-3534");

        assertThat(reservations.sold).isEmpty();
        assertThat(Bank.balance(east)).isEqualTo(1000);
    }

    private void sell(int seat) throws Exception {
        sell(seat, false);
    }

    private void sell(int seat, boolean alone) throws Exception {
        bank.atomically(() -> {
            seats.reserve(seat);
            if (!alone) {
                Bank.add(bank.east(), -10);
            }
            return null;
        });
    }
}
