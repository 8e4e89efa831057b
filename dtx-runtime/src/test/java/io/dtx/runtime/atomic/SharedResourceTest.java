package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.TransactionContext;
import io.dtx.runtime.invoke.CapturedSaga;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.Contexts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One name, one database: its connections serve guarded steps of sagas and ATOMIC transactions. */
class SharedResourceTest {

    /** Where the databases are. */
    enum Server {
        POSTGRESQL,
        MARIADB;

        TestDatabase freshDatabase() {
            return this == MARIADB ? MariaDbFixture.freshDatabase() : PostgresFixture.freshDatabase();
        }
    }

    @TempDir
    Path directory;

    private TestDatabase east;
    private TestDatabase west;
    private Bank bank;
    private SharedResourceService service;

    private void open(Server server) {
        east = Bank.account(server.freshDatabase());
        west = Bank.account(server.freshDatabase());
        start();
    }

    private void start() {
        bank = new Bank(directory, Map.of(), east, west);
        service = bank.dtx().create(SharedResourceService.class, bank.east(), bank.west());
        bank.start();
    }

    @AfterEach
    void close() {
        if (bank != null) {
            bank.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void both_modes_work_with_it_side_by_side(Server server) throws Exception {
        open(server);

        service.move(10, false);
        service.transfer(5);
        service.giveAlone(1);

        assertBalances(985, 1016);
        assertThat(east.number("SELECT count(*) FROM dtx_guard WHERE direction = 'D' AND step_number > 0"))
                .as("the saga's step is guarded")
                .isEqualTo(1);
        assertThat(east.number("SELECT count(*) FROM dtx_session")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_saga_is_compensated_there(Server server) {
        open(server);

        assertThatThrownBy(() -> service.move(10, true)).hasMessage("changed my mind");

        assertBalances(1000, 1000);
        assertThat(east.number("SELECT count(*) FROM dtx_guard WHERE direction = 'U'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void an_atomic_transaction_inside_of_a_saga_stands_for_itself(Server server) {
        open(server);

        assertThatThrownBy(() -> service.moveAndReport(10)).isInstanceOf(IllegalArgumentException.class);

        assertBalances(990, 1010);
    }

    @ParameterizedTest
    @EnumSource
    void what_a_saga_left_there_is_compensated_by_the_next_process(Server server) {
        open(server);
        bank.log().before(commands -> {
            if (commands.contains("DECIDE")) {
                throw new IllegalStateException("the disk is gone");
            }
        });
        assertThatThrownBy(() -> service.move(10, true)).isInstanceOf(RuntimeException.class);
        assertBalances(990, 1000);
        bank.close();

        start();

        Bank.await(() -> Bank.balance(east) == 1000);
    }

    @ParameterizedTest
    @EnumSource
    void a_step_cannot_work_with_another_one_than_its_own(Server server) {
        open(server);

        assertThatThrownBy(() -> service.takeElsewhere(1))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("DTX-3010");

        assertBalances(1000, 1000);
    }

    @ParameterizedTest
    @EnumSource
    void a_saga_on_the_thread_of_an_atomic_transaction_ends_nothing_of_it(Server server) {
        open(server);

        assertThatThrownBy(() -> bank.atomically(() -> {
                    TransactionContext context = TransactionContext.current();
                    Bank.add(bank.east(), 1);
                    CapturedSaga.Stay stay = CapturedSaga.none().enter(); // as a container does that runs a task here
                    assertThatThrownBy(() -> service.move(10, false)).hasMessageStartingWith("DTX-2017");
                    stay.end();
                    Contexts.transaction(null); // as something may do that does not know of the connection
                    assertThatThrownBy(() -> service.move(10, false)).hasMessageContaining("DTX-3549");
                    Contexts.transaction(context);
                    throw new IllegalArgumentException("the transfer fails");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertBalances(1000, 1000);
    }

    private void assertBalances(long inEast, long inWest) {
        assertThat(Bank.balance(east)).isEqualTo(inEast);
        assertThat(Bank.balance(west)).isEqualTo(inWest);
    }
}
