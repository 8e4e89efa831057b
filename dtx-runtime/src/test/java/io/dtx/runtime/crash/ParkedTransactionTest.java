package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.CompensationIncompleteException;
import io.dtx.DtxException;
import io.dtx.StepStatus;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.Transactions;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compensation that keeps failing ends in a parked transaction that an operator sees, and ends, one way or the other. */
class ParkedTransactionTest {

    @TempDir
    Path directory;

    private final TestDatabase database = H2Fixture.freshDatabase();
    private final Broken broken = new Broken();
    private final AtomicReference<TransactionId> id = new AtomicReference<>();
    private Dtx dtx;
    private FragileService service;

    @BeforeEach
    void open() throws SQLException {
        Effects.prepare(database.unpooled());
        dtx = Dtx.builder()
                .config("dtx.log.dir", directory.resolve("log").toString())
                .config("dtx.compensation.attempt-timeout", "500ms")
                .config("dtx.compensation.wait", "300ms")
                .resource("stock", database.unpooled())
                .build();
        service = dtx.create(FragileService.class, dtx.resource("stock"), broken);
        dtx.start();
    }

    @AfterEach
    void close() {
        broken.go.countDown();
        dtx.close();
    }

    @Test
    void it_is_listed_with_its_history_also_after_a_restart() throws Exception {
        park();
        shows();
        close();
        open();
        shows();
    }

    private void shows() {
        assertThat(dtx.transactions().list(each -> each.status() == TransactionStatus.PARKED))
                .singleElement()
                .extracting(TransactionHistory::id)
                .isEqualTo(id.get());
        TransactionHistory history = dtx.transactions().show(id.get()).orElseThrow();
        assertThat(history.decision()).contains("ABORT").contains("not today");
        assertThat(history.steps()).hasSize(2);
        assertThat(history.steps().get(0).status()).isEqualTo(StepStatus.FINISHED);
        assertThat(history.steps().get(1)).satisfies(step -> {
            assertThat(step.status()).isEqualTo(StepStatus.PARKED);
            assertThat(step.compensationAttempts()).isEqualTo(2);
            assertThat(step.failure()).contains("the printer burns");
        });
        assertThat(history.toString()).contains("FragileService.take", "PARKED", "attempts 2", "the printer burns");
    }

    @Test
    void a_retry_after_mending_undoes_the_rest_in_order() throws Exception {
        park();
        broken.fails = false;

        dtx.transactions().retry(id.get());

        await(() -> status() == TransactionStatus.COMPENSATED);
        assertThat(lines("U")).isEqualTo(2);
        assertThat(database.number("SELECT sum(amount) FROM account")).isZero();
    }

    @Test
    void a_retry_that_fails_again_parks_again() throws Exception {
        park();

        dtx.transactions().retry(id.get());

        await(() -> status() == TransactionStatus.PARKED && attempts() > 2);
        assertThat(lines("U")).isZero();
    }

    @Test
    void a_resolution_is_kept_with_its_reason_and_closes_every_step() throws Exception {
        park();
        broken.fails = false;

        dtx.transactions().resolve(id.get(), TransactionStatus.COMPENSATED, "returned by hand, ticket 4711");

        TransactionHistory history = dtx.transactions().show(id.get()).orElseThrow();
        assertThat(history.status()).isEqualTo(TransactionStatus.RESOLVED);
        assertThat(history.resolution()).contains("ticket 4711");
        assertThat(lines("U")).as("nothing is undone any more").isZero();
        assertThat(database.number("SELECT count(*) FROM dtx_guard WHERE direction = 'U' AND kind = 'T'"))
                .isEqualTo(2);
        close();
        open();
        assertThat(status()).isEqualTo(TransactionStatus.RESOLVED);
        assertThatThrownBy(() -> dtx.transactions().retry(id.get())).hasMessageStartingWith("DTX-8002");
    }

    @Test
    void attempts_that_hang_are_overtaken_and_do_nothing_when_they_wake_up_after_the_resolution() throws Exception {
        broken.hangs = true;
        park();
        assertThat(broken.hanging.get()).isEqualTo(2);

        dtx.transactions().resolve(id.get(), TransactionStatus.COMMITTED, "the customer keeps it");
        broken.go.countDown();

        await(() -> broken.woken.get() == 2);
        dtx.close(); // waits for the attempts that run
        assertThat(lines("D")).isEqualTo(2);
        assertThat(lines("U")).isZero();
        assertThat(database.number("SELECT count(*) FROM dtx_guard WHERE direction = 'U' AND kind = 'E'"))
                .isZero();
    }

    @Test
    void what_is_not_parked_is_neither_retried_nor_resolved() throws Exception {
        dtx.<Integer>call("fine", () -> {
            id.set(TransactionContext.current().id());
            service.take(1);
            return 1;
        });
        Transactions transactions = dtx.transactions();
        TransactionId unknown = TransactionId.parse(id.get().toString() + "zz");

        assertThatThrownBy(() -> transactions.retry(id.get()))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-8002")
                .hasMessageContaining("COMMITTED");
        assertThatThrownBy(() -> transactions.resolve(id.get(), TransactionStatus.COMPENSATED, "no"))
                .hasMessageStartingWith("DTX-8002");
        assertThatThrownBy(() -> transactions.retry(unknown)).hasMessageStartingWith("DTX-8001");
        assertThatThrownBy(() -> transactions.resolve(id.get(), TransactionStatus.PARKED, "no"))
                .hasMessageStartingWith("DTX-8003");
        assertThatThrownBy(() -> transactions.resolve(id.get(), TransactionStatus.COMPENSATED, " "))
                .hasMessageStartingWith("DTX-8004");
        assertThat(transactions.outcome(unknown)).isEmpty();
    }

    /** Runs a saga of two steps that fails, and whose second step cannot be undone. */
    private void park() {
        IllegalStateException failure = new IllegalStateException("not today");
        assertThatThrownBy(() -> dtx.call("orders", () -> {
                    id.set(TransactionContext.current().id());
                    service.take(1);
                    service.take(2);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(CompensationIncompleteException.class);
        await(() -> status() == TransactionStatus.PARKED);
    }

    private TransactionStatus status() {
        return dtx.transactions().outcome(id.get()).orElseThrow();
    }

    private int attempts() {
        return dtx.transactions().show(id.get()).orElseThrow().steps().get(1).compensationAttempts();
    }

    private long lines(String direction) {
        return database.number("SELECT count(*) FROM effect WHERE direction = '" + direction + "'");
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("within 20 s").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A compensation that fails, or hangs. */
    private static final class Broken extends Effects {

        final AtomicInteger hanging = new AtomicInteger();
        final AtomicInteger woken = new AtomicInteger();
        final CountDownLatch go = new CountDownLatch(1);
        volatile boolean fails = true;
        volatile boolean hangs;

        @Override
        void add(DataSource source, int order, String direction, long amount) throws SQLException {
            if (direction.equals("U") && hangs) {
                hanging.incrementAndGet();
                awaitGo();
                woken.incrementAndGet();
            } else if (direction.equals("U") && fails) {
                throw new IllegalStateException("the printer burns");
            }
            super.add(source, order, direction, amount);
        }

        private void awaitGo() {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
