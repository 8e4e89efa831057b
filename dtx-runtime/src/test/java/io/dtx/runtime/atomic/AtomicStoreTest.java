package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name leads to another database after a restart: what is decided for the first one waits for it. */
class AtomicStoreTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase other = Bank.account(PostgresFixture.freshDatabase());
    private final ChangingStep step = new ChangingStep();

    @Test
    void a_decision_waits_until_its_own_database_is_behind_the_name_again() throws Exception {
        try (Bank bank = Bank.watched(directory, Map.of(), east, west, step).start()) {
            step.set(call -> {
                if (call.equals("west:commit:before")) {
                    throw new XAException(XAException.XAER_RMFAIL);
                }
            });
            bank.transfer(10);
            assertThat(Bank.balance(east)).isEqualTo(990);
        }
        assertThat(prepared(west)).isEqualTo(1);

        AtomicInteger scans = new AtomicInteger();
        step.set(call -> scans.addAndGet(call.equals("west:recover:after") ? 1 : 0));
        try (Bank bank = Bank.watched(directory, Map.of(), east, other, step).start()) {
            scans.set(0);
            Bank.await(() -> scans.get() > 3); // each begins when the pass before it has ended
            assertThat(bank.undecided()).isEqualTo(1);
        }
        assertThat(prepared(west)).isEqualTo(1);
        assertThat(Bank.balance(other)).isEqualTo(1000);

        try (Bank bank = Bank.watched(directory, Map.of(), east, west, step).start()) {
            bank.awaitNothingInDoubt();
            assertThat(Bank.balance(west)).isEqualTo(1010);
        }
    }

    private static long prepared(TestDatabase database) {
        return database.number("SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()");
    }
}
