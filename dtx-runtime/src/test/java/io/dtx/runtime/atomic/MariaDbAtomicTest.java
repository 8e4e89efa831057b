package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.OutcomeUnknownException;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two databases of one MariaDB server, which lists the branches of all its databases to everybody, and denies a branch that is
 * attached to a living connection to all others.
 */
class MariaDbAtomicTest {

    @TempDir
    Path directory;

    private final ChangingStep step = new ChangingStep();
    private TestDatabase east;
    private TestDatabase west;
    private Bank bank;

    @BeforeEach
    void open() {
        east = Bank.account(MariaDbFixture.freshDatabase());
        west = Bank.account(MariaDbFixture.freshDatabase());
        bank = bank();
    }

    private Bank bank() {
        return Bank.watched(directory, Map.of(), east, west, step).start();
    }

    @AfterEach
    void close() {
        if (bank != null) {
            bank.close();
            assertThat(bank.inDoubt()).isZero();
            assertThat(Bank.balance(east) + Bank.balance(west)).isEqualTo(2 * Bank.START_BALANCE);
        }
    }

    @Test
    void two_databases_of_one_server_commit_and_roll_back_together() throws Exception {
        bank.transfer(10);
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), -10);
                    Bank.add(bank.west(), 10);
                    throw new IllegalArgumentException("called off");
                }))
                .hasMessage("called off");
        assertThat(Bank.balance(east)).isEqualTo(990);
        assertThat(Bank.balance(west)).isEqualTo(1010);
    }

    @ParameterizedTest
    @CsvSource({
        "east:commit:before, -7",
        "west:commit:before, -7",
        "east:commit:before, -4",
        "west:commit:after, -3",
        "east:commit:after, 100"
    })
    void once_the_decision_is_durable_the_commit_has_succeeded_whatever_a_resource_answers(String point, int code)
            throws Exception {
        step.set(call -> {
            if (call.equals(point)) {
                step.clear();
                throw new XAException(code);
            }
        });

        bank.transfer(10);

        bank.awaitNothingInDoubt();
        assertThat(Bank.balance(east)).isEqualTo(990);
        assertThat(Bank.balance(west)).isEqualTo(1010);
    }

    @ParameterizedTest
    @CsvSource({"before, 1000", "after, 990"})
    void when_the_log_stops_in_mid_decision_the_next_start_decides(String when, long inEast) {
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
        assertThatThrownBy(() -> bank.transfer(10)).isInstanceOf(OutcomeUnknownException.class);
        bank.close();

        bank = bank();
        bank.awaitNothingInDoubt();
        assertThat(Bank.balance(east)).isEqualTo(inEast);
    }
}
