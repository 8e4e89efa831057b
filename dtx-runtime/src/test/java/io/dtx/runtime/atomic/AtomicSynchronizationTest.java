package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.jta.TransactionManager;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JTA synchronizations, as libraries register them with the transaction manager, in an ATOMIC transaction. */
class AtomicSynchronizationTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(H2Fixture.freshDatabase());
    private final TestDatabase west = Bank.account(H2Fixture.freshDatabase());
    private final ChangingStep step = new ChangingStep();
    private final List<Integer> told = new ArrayList<>();
    private Bank bank;

    @BeforeEach
    void open() {
        bank = Bank.watched(directory, Map.of("dtx.xa.h2.allowed", "true"), east, west, step)
                .start();
        bank.log().appends().clear();
    }

    @AfterEach
    void close() {
        bank.close();
    }

    private interface Before {
        void run() throws Exception;
    }

    /** Registers with the current transaction. */
    private void register(Before before) throws Exception {
        TransactionManager.transactionManager().getTransaction().registerSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                try {
                    before.run();
                } catch (Exception e) {
                    throw new IllegalStateException("before: " + e.getMessage(), e);
                }
            }

            @Override
            public void afterCompletion(int status) {
                told.add(status);
                throw new IllegalStateException("nobody is harmed by this");
            }
        });
    }

    @Test
    void what_is_done_before_completion_belongs_to_the_transaction_also_in_another_resource() throws Exception {
        List<TransactionId> ids = new ArrayList<>();
        bank.atomically(() -> {
            ids.add(TransactionContext.current().id());
            Bank.add(bank.east(), -10);
            register(() -> {
                ids.add(TransactionContext.current().id());
                Bank.add(bank.west(), 10);
            });
            return null;
        });

        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(told).containsExactly(Status.STATUS_COMMITTED);
        assertThat(bank.log().appends().get(0)).isEqualTo("RECORD_DECISION");
        assertBalances(990, 1010);
    }

    @Test
    void whoever_commits_inside_of_the_method_is_told_so_and_not_that_it_was_rolled_back() throws Exception {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), -10);
                    Bank.add(bank.west(), 10);
                    TransactionManager.transactionManager().commit();
                    return null;
                }))
                .isNotInstanceOf(TransactionAbortedException.class)
                .hasMessageStartingWith("DTX-3554")
                .hasMessageContaining("is committed");
        assertBalances(990, 1010);

        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), -10);
                    TransactionManager.transactionManager().commit();
                    throw new IllegalArgumentException("too late");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(each -> assertThat(each.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("DTX-3554"));
        assertBalances(980, 1010);
    }

    @Test
    void a_failure_before_completion_rolls_everything_back() {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), -10);
                    Bank.add(bank.west(), 10);
                    register(() -> {
                        throw new IllegalArgumentException("the cache is stale");
                    });
                    return null;
                }))
                .isInstanceOf(TransactionAbortedException.class)
                .hasStackTraceContaining("the cache is stale");

        assertThat(told).containsExactly(Status.STATUS_ROLLEDBACK);
        assertThat(bank.log().appends()).isEmpty();
        assertBalances(1000, 1000);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true", "false, true"})
    void rollback_only_may_still_be_said_before_completion(boolean throughDtx, boolean alone) {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), -10);
                    if (!alone) {
                        Bank.add(bank.west(), 10);
                    }
                    register(() -> {
                        if (throughDtx) {
                            TransactionContext.current().setRollbackOnly("the limit is reached");
                        } else {
                            TransactionManager.transactionManager().setRollbackOnly();
                        }
                    });
                    return null;
                }))
                .isInstanceOf(TransactionAbortedException.class);

        assertThat(told).containsExactly(Status.STATUS_ROLLEDBACK);
        assertBalances(1000, 1000);
    }

    @Test
    void an_exception_of_the_method_is_told_after_completion_and_nothing_runs_before_it() {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    Bank.add(bank.east(), -10);
                    register(() -> told.add(-1));
                    throw new IllegalArgumentException("called off");
                }))
                .hasMessage("called off");

        assertThat(told).containsExactly(Status.STATUS_ROLLEDBACK);
        assertBalances(1000, 1000);
    }

    @Test
    void once_it_is_decided_nobody_is_told_a_roll_back_although_a_branch_does_not_answer() throws Exception {
        step.set(call -> {
            if (call.equals("west:commit:before")) {
                step.clear();
                throw new XAException(XAException.XAER_RMFAIL);
            }
        });

        bank.atomically(() -> {
            register(() -> {});
            Bank.add(bank.east(), -10);
            Bank.add(bank.west(), 10);
            return null;
        });

        assertThat(told).hasSize(1).doesNotContain(Status.STATUS_ROLLEDBACK);
        bank.awaitNothingInDoubt();
        assertBalances(990, 1010);
    }

    private void assertBalances(long inEast, long inWest) {
        assertThat(Bank.balance(east)).isEqualTo(inEast);
        assertThat(Bank.balance(west)).isEqualTo(inWest);
    }
}
