package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.TransactionAbortedException;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The branches of a transaction are prepared at the same time, and committed at the same time after the decision. */
class ParallelBranchesTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private final ChangingStep step = new ChangingStep();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private Bank bank;

    private void start(boolean parallel) {
        bank = Bank.watched(
                        directory,
                        Map.of("dtx.xa.recovery.interval", "1h", "dtx.xa.parallel", String.valueOf(parallel)),
                        east,
                        west,
                        this::pass)
                .start();
        bank.log().appends().clear();
        bank.log().before(commands -> {
            if (commands.contains("RECORD_DECISION")) {
                events.add("decision");
            }
        });
        events.clear();
    }

    private void pass(String call) throws Exception {
        if (call.contains("prepare") || call.contains("commit") || call.contains("onePhase")) {
            events.add(call);
        }
        step.pass(call);
    }

    @AfterEach
    void close() {
        step.clear();
        bank.close();
        assertThat(bank.inDoubt()).isZero();
        assertThat(Bank.balance(east) + Bank.balance(west)).isEqualTo(2 * Bank.START_BALANCE);
    }

    @Test
    void both_are_under_way_at_the_same_time_with_the_decision_between_the_phases() throws Exception {
        start(true);
        CyclicBarrier both = new CyclicBarrier(2); // nobody passes alone
        step.set(call -> {
            if (call.endsWith("prepare:before") || call.endsWith("commit:before")) {
                both.await(60, TimeUnit.SECONDS);
            }
        });

        bank.transfer(10);

        assertThat(events.subList(0, 4)).allMatch(each -> each.contains("prepare"));
        assertThat(events.get(4)).isEqualTo("decision");
        assertThat(events.subList(5, 9)).allMatch(each -> each.contains("commit"));
        assertThat(bank.log().appends()).startsWith("RECORD_DECISION");
        assertThat(Bank.balance(west)).isEqualTo(1010);
    }

    @Test
    void one_after_the_other_where_that_is_asked_for() throws Exception {
        start(false);

        bank.transfer(10);

        assertThat(events)
                .containsExactly(
                        "east:prepare:before",
                        "east:prepare:after",
                        "west:prepare:before",
                        "west:prepare:after",
                        "decision",
                        "east:commit:before",
                        "east:commit:after",
                        "west:commit:before",
                        "west:commit:after");
    }

    @Test
    void resources_that_answer_at_once_keep_no_other_thread_busy() throws Exception {
        bank = new Bank(directory, Map.of("dtx.xa.recovery.interval", "1h"), east, west);
        MemoryJournal first = new MemoryJournal();
        MemoryJournal second = new MemoryJournal();
        bank.dtx().xaResource("first", first).xaResource("second", second);
        bank.start();
        boolean alone = false;
        for (int transaction = 0; transaction < 1_000 && !alone; transaction++) {
            second.threads.clear();
            bank.atomically(() -> {
                bank.dtx().resource("first", MemoryJournal.Writer.class).write("a");
                bank.dtx().resource("second", MemoryJournal.Writer.class).write("b");
                return null;
            });
            alone = second.threads.equals(Set.of(Thread.currentThread()));
        }

        assertThat(alone).isTrue();
        assertThat(second.lines).hasSameSizeAs(first.lines);
    }

    @Test
    void a_single_branch_stays_on_its_callers_thread() throws Exception {
        start(true);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        step.set(call -> {
            if (call.contains("onePhase")) {
                threads.add(Thread.currentThread());
            }
        });

        bank.atomically(() -> {
            Bank.add(bank.east(), 0);
            return null;
        });

        assertThat(events).containsExactly("east:onePhase:before", "east:onePhase:after");
        assertThat(threads).containsOnly(Thread.currentThread());
        assertThat(bank.log().appends()).isEmpty();
    }

    @Test
    void one_that_is_refused_while_the_other_is_prepared_rolls_both_back() throws Exception {
        for (String refused : List.of("east", "west")) {
            start(true);
            CyclicBarrier both = new CyclicBarrier(2);
            step.set(call -> {
                if (call.endsWith("prepare:before")) {
                    both.await(60, TimeUnit.SECONDS);
                    if (call.startsWith(refused)) {
                        throw new XAException(XAException.XA_RBINTEGRITY);
                    }
                }
            });

            assertThatThrownBy(() -> bank.transfer(10)).isInstanceOf(TransactionAbortedException.class);

            step.clear();
            assertThat(bank.log().appends()).isEmpty();
            assertThat(bank.inDoubt()).isZero();
            bank.close();
        }
        assertThat(Bank.balance(east)).isEqualTo(1000);
    }
}
