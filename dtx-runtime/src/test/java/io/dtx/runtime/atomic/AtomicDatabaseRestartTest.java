package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.TransactionAbortedException;
import io.dtx.runtime.testdb.MortalPostgres;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database server is killed with {@code kill -9} while one transaction is decided and not committed there, and another one is
 * prepared and rolls back; it is started again later.
 */
class AtomicDatabaseRestartTest {

    private static final int DECIDED = 1;
    private static final int REFUSED = 2;
    private static final int AFTERWARDS = 3;

    @TempDir
    Path directory;

    private final CountDownLatch prepared = new CountDownLatch(2);
    private final CountDownLatch killed = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private volatile int current;

    @Test
    void what_is_in_doubt_there_is_ended_as_decided_once_the_server_is_back() throws Exception {
        try (MortalPostgres server = new MortalPostgres()) {
            TestDatabase east = Bank.account(server.database("east"));
            TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
            try (Bank bank = new Bank(
                            directory,
                            Map.of("dtx.xa.parallel", "false"),
                            east,
                            west,
                            WatchedXa.watch("east", Bank.xa(east), this::pass),
                            WatchedXa.watch("west", Bank.xa(west), this::pass))
                    .start()) {
                Future<?> decided = post(bank, DECIDED);
                Future<?> refused = post(bank, REFUSED);
                prepared.await();

                server.kill();
                killed.countDown();
                decided.get(); // the decision is durable: the caller is told so
                assertThatThrownBy(refused::get).hasCauseInstanceOf(TransactionAbortedException.class);
                assertThat(bank.undecided()).as("decisions that wait").isEqualTo(1);

                server.restart();
                bank.awaitNothingInDoubt();
                Bank.await(() -> succeeds(bank));
                assertThat(Branches.postings(east))
                        .isEqualTo(Branches.postings(west))
                        .containsExactlyInAnyOrder(DECIDED, AFTERWARDS);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** One is held before it commits in east, the other before it is refused in west; both are prepared in east by then. */
    private void pass(String call) throws Exception {
        if (killed.getCount() > 0) {
            if (call.equals("east:commit:before")) {
                hold();
            } else if (current == REFUSED && call.equals("west:prepare:before")) {
                hold();
                throw new XAException(XAException.XA_RBINTEGRITY);
            }
        }
    }

    private void hold() throws InterruptedException {
        prepared.countDown();
        killed.await();
    }

    private Future<?> post(Bank bank, int number) throws InterruptedException {
        long before = prepared.getCount();
        current = number;
        Future<?> posted = callers.submit(() -> {
            bank.atomically(() -> {
                insert(bank, number);
                return null;
            });
            return null;
        });
        Bank.await(() -> prepared.getCount() < before || posted.isDone());
        return posted;
    }

    private static boolean succeeds(Bank bank) {
        try {
            bank.atomically(() -> {
                insert(bank, AFTERWARDS);
                return null;
            });
            return true;
        } catch (DtxException | SQLException e) {
            return false; // a connection of before the restart
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void insert(Bank bank, int number) throws SQLException {
        PostingService.insert(bank.east(), number, -1);
        PostingService.insert(bank.west(), number, 1);
    }
}
