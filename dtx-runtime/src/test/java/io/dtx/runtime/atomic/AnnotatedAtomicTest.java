package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.TransactionMode;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mode = ATOMIC} from the annotation to the databases, through generated code, and what is refused on the way. */
class AnnotatedAtomicTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private Dtx dtx;
    private TransferService transfers;

    @BeforeEach
    void start() {
        dtx = Dtx.builder()
                .config("dtx.log.dir", directory.toString())
                .xaResource("east", Bank.xa(east))
                .xaResource("west", Bank.xa(west))
                .build();
        transfers = dtx.create(TransferService.class, dtx.resource("east"), dtx.resource("west"));
        dtx.start();
    }

    @AfterEach
    void close() {
        dtx.close();
        assertThat(Bank.inDoubt(east)).isZero();
        assertThat(Bank.inDoubt(west)).isZero();
    }

    @Test
    void what_an_annotated_method_does_in_two_databases_commits_together() throws Exception {
        assertThat(transfers.transfer(10, null)).isEqualTo(TransactionMode.ATOMIC);

        assertBalances(990, 1010);
    }

    @Test
    void an_exception_rolls_both_back_and_reaches_the_caller_unchanged() {
        Exception ending = new Exception("checked ones, too");

        assertThatThrownBy(() -> transfers.transfer(10, ending)).isSameAs(ending);

        assertBalances(1000, 1000);
    }

    @Test
    void an_exception_that_does_not_roll_back_reaches_the_caller_after_both_have_committed() {
        assertThatThrownBy(() -> transfers.transfer(10, new TransferService.Notice()))
                .isInstanceOf(TransferService.Notice.class);

        assertBalances(990, 1010);
    }

    @Test
    void a_saga_step_is_refused_inside_and_everything_is_rolled_back() {
        assertThatThrownBy(() -> transfers.transferAndMail(10))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-3544 step TransferService.mail");

        assertThat(transfers.mails()).isEmpty();
        assertBalances(1000, 1000);
    }

    @Test
    void a_saga_cannot_be_joined_by_an_atomic_method_nor_the_other_way_round() {
        assertThatThrownBy(() -> transfers.transferInSaga(10)).hasMessageStartingWith("DTX-2017");
        assertThatThrownBy(() -> transfers.transferDespiteSaga(10)).hasMessageStartingWith("DTX-2017");

        assertThat(transfers.mails()).isEmpty();
        assertBalances(1000, 1000);
    }

    @Test
    void a_mandatory_method_is_refused_outside() {
        assertThatThrownBy(() -> transfers.withdraw(10)).hasMessageStartingWith("DTX-2015");

        assertBalances(1000, 1000);
    }

    private void assertBalances(long inEast, long inWest) {
        assertThat(Bank.balance(east)).isEqualTo(inEast);
        assertThat(Bank.balance(west)).isEqualTo(inWest);
    }
}
