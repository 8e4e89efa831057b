package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.SagaStep;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionMode;
import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.TransactionDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ATOMIC call means where it is made, and what may be called inside of one. */
class AtomicPropagationTest {

    private static final TransactionDescriptor SAGA = new TransactionDescriptor(
            "Saga.run", TransactionMode.SAGA, Propagation.REQUIRED, Recovery.BACKWARD, 0, List.of());

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(H2Fixture.freshDatabase());
    private final TestDatabase west = Bank.account(H2Fixture.freshDatabase());
    private Bank bank;
    private Clerk clerk;

    @BeforeEach
    void open() {
        bank = new Bank(directory, Map.of("dtx.xa.h2.allowed", "true"), east, west);
        clerk = bank.dtx().create(Clerk.class);
        bank.start();
    }

    @AfterEach
    void close() {
        bank.close();
    }

    @Test
    void a_required_call_joins_and_its_failure_dooms_the_whole() {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), 1);
                    try {
                        bank.transfer(5_000_000);
                    } catch (SQLException e) {
                        assertThat(TransactionContext.current().isRollbackOnly())
                                .isTrue();
                    }
                    return null;
                }))
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageStartingWith("DTX-2022");
        assertBalances(1000, 1000);
    }

    @Test
    void requires_new_is_independent_of_the_outer_transaction() {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), 1);
                    var outer = TransactionContext.current().id();
                    bank.call(Bank.atomic(Propagation.REQUIRES_NEW, 0), () -> {
                        assertThat(TransactionContext.current().id()).isNotEqualTo(outer);
                        Bank.add(bank.west(), 1);
                        return null;
                    });
                    assertThat(TransactionContext.current().id()).isEqualTo(outer);
                    throw new IllegalArgumentException("outer fails");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertBalances(1000, 1001);
    }

    @Test
    void mandatory_outside_and_never_inside_are_refused() throws Exception {
        assertThatThrownBy(() -> bank.call(Bank.atomic(Propagation.MANDATORY, 0), () -> null))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-2015");
        assertThatThrownBy(() -> bank.atomically(
                        () -> bank.<Object>call(Bank.atomic(Propagation.NEVER, 0), () -> "not reached")))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-2016");
        bank.atomically(() -> bank.call(Bank.atomic(Propagation.MANDATORY, 0), () -> {
            Bank.add(bank.east(), 2);
            return null;
        }));
        bank.call(Bank.atomic(Propagation.NEVER, 0), () -> {
            Bank.add(bank.west(), 2);
            return null;
        });
        assertBalances(1002, 1002);
    }

    @Test
    void supports_joins_inside_and_runs_without_a_transaction_outside() {
        TransactionDescriptor supports = Bank.atomic(Propagation.SUPPORTS, 0);
        assertThatThrownBy(() -> bank.call(supports, () -> {
                    Bank.add(bank.east(), 3);
                    throw new IllegalArgumentException("after a commit of its own");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bank.atomically(() -> bank.call(supports, () -> {
                    Bank.add(bank.west(), 3);
                    throw new IllegalArgumentException("rolled back with the outer one");
                })))
                .isInstanceOf(IllegalArgumentException.class);
        assertBalances(1003, 1000);
    }

    @Test
    void not_supported_works_outside_of_the_transaction() {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), 4);
                    bank.call(Bank.atomic(Propagation.NOT_SUPPORTED, 0), () -> {
                        assertThat(TransactionContext.isActive()).isFalse();
                        Bank.add(bank.west(), 4);
                        return null;
                    });
                    Bank.add(bank.east(), 4);
                    throw new IllegalArgumentException("outer fails");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertBalances(1000, 1004);
    }

    @Test
    void neither_mode_joins_the_other() throws Exception {
        assertThatThrownBy(() -> bank.atomically(() -> bank.<Object>call(SAGA, () -> "not reached")))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-2017");
        assertThatThrownBy(() -> bank.call(SAGA, () -> bank.<Object>atomically(() -> "not reached")))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-2017");
        bank.call(
                SAGA,
                () -> bank.call(Bank.atomic(Propagation.REQUIRES_NEW, 0), () -> {
                    Bank.add(bank.east(), 5);
                    return null;
                }));
        assertBalances(1005, 1000);
    }

    @Test
    void a_saga_step_is_refused() {
        assertThatThrownBy(() -> bank.atomically(() -> clerk.note()))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-3544")
                .hasMessageContaining("Clerk.note");
    }

    @Test
    void an_xa_resource_in_a_step_that_is_not_of_it_and_a_saga_resource_in_an_atomic_transaction_are_refused() {
        clerk.work = () -> Bank.add(bank.east(), 1);
        assertThatThrownBy(() -> bank.call(SAGA, () -> clerk.note()))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("DTX-3536");
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.dtx().resource("saga"), 1);
                    return null;
                }))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("DTX-3545");
        assertBalances(1000, 1000);
    }

    @Test
    void an_exception_that_is_listed_lets_it_commit() {
        TransactionDescriptor lenient = new TransactionDescriptor(
                "Bank.lenient",
                TransactionMode.ATOMIC,
                Propagation.REQUIRED,
                Recovery.BACKWARD,
                0,
                List.of(IllegalArgumentException.class));
        assertThatThrownBy(() -> bank.call(lenient, () -> {
                    Bank.add(bank.east(), 6);
                    throw new IllegalArgumentException("only a remark");
                }))
                .hasMessage("only a remark");
        assertBalances(1006, 1000);
    }

    @Test
    void what_returns_after_its_deadline_is_rolled_back() {
        assertThatThrownBy(() -> bank.call(Bank.atomic(Propagation.REQUIRED, 100), () -> {
                    Bank.add(bank.east(), 7);
                    Bank.await(() -> TransactionContext.current().remaining().isZero());
                    return null;
                }))
                .isInstanceOf(TransactionTimeoutException.class)
                .hasMessageStartingWith("DTX-2023");
        assertBalances(1000, 1000);
    }

    @Test
    void what_overstays_is_rolled_back_under_its_feet_and_can_do_nothing_more() {
        assertThatThrownBy(() -> bank.call(Bank.atomic(Propagation.REQUIRED, 100), () -> {
                    Bank.add(bank.east(), 8);
                    Bank.await(() -> refused(() -> Bank.add(bank.west(), 8)));
                    return null;
                }))
                .isInstanceOf(TransactionTimeoutException.class);
        assertBalances(1000, 1000);
    }

    private static boolean refused(SagaWork work) {
        try {
            work.run();
            return false;
        } catch (SQLException e) {
            return String.valueOf(e.getMessage()).startsWith("DTX-3539");
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    void nothing_is_left_in_the_working_directory() throws Exception {
        bank.transfer(1);
        assertThat(Path.of("ObjectStore")).doesNotExist();
        assertThat(Path.of("PutObjectStoreDirHere")).doesNotExist();
        assertThat(Files.exists(Path.of("var", "tmp"))).isFalse();
    }

    private void assertBalances(long inEast, long inWest) {
        assertThat(Bank.balance(east)).isEqualTo(inEast);
        assertThat(Bank.balance(west)).isEqualTo(inWest);
    }

    /** Something that a step does. */
    interface SagaWork {
        void run() throws Exception;
    }

    /** A class with a step of a saga. */
    static class Clerk {

        SagaWork work = () -> {};

        @SagaStep(compensate = SagaStep.NONE)
        public int note() throws Exception {
            work.run();
            return 1;
        }
    }
}
