package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.CompensationIncompleteException;
import io.dtx.SagaStep;
import io.dtx.TransactionStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What still runs while dtx is closed: a saga, and a compensation that hangs, deaf to interruption. */
class DtxCloseTest {

    @TempDir
    Path directory;

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        released.countDown();
    }

    @Test
    void closing_does_not_wait_longer_than_it_may_for_a_compensation_that_hangs_and_the_next_start_makes_it_again()
            throws Exception {
        Dtx closing = dtx();
        Rocket rocket = closing.create(Rocket.class, released);
        closing.start();
        assertThatThrownBy(() -> closing.call("launch", () -> {
                    rocket.fuel();
                    throw new IllegalStateException("storm");
                }))
                .hasMessage("storm")
                .satisfies(storm -> assertThat(storm.getSuppressed())
                        .hasAtLeastOneElementOfType(CompensationIncompleteException.class));

        long begin = System.nanoTime();
        closing.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("one attempt may take 30 s, closing 300 ms")
                .isLessThan(Duration.ofSeconds(10));
        released.countDown();
        try (Dtx next = dtx()) {
            next.create(Rocket.class, released);
            next.start();
            awaitCompensated(next);
        }
    }

    @Test
    void a_saga_that_still_runs_may_ask_about_transactions_while_dtx_is_closed() throws Exception {
        Dtx closing = dtx("20s");
        Rocket rocket = closing.create(Rocket.class, released);
        closing.start();
        Thread closer = new Thread(closing::close, "closer");

        int known = closing.call("launch", () -> {
            rocket.fuel();
            closer.start();
            awaitClosed(closing);
            return closing.transactions().list(any -> true).size();
        });

        assertThat(known).isOne();
        closer.join(20_000);
        assertThat(closer.isAlive()).isFalse();
    }

    private static void awaitClosed(Dtx dtx) throws Exception {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        Thread caller = new Thread(
                () -> {
                    while (!refused.isDone()) {
                        try {
                            dtx.call("late", () -> "");
                        } catch (Exception e) {
                            refused.complete(e);
                        }
                    }
                },
                "late");
        caller.start();
        assertThat(refused.get(20, TimeUnit.SECONDS)).hasMessageContaining("DTX-1014");
    }

    private static void awaitCompensated(Dtx dtx) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!statuses(dtx).equals(List.of(TransactionStatus.COMPENSATED))) {
            assertThat(System.nanoTime() - end).as("still %s", statuses(dtx)).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<TransactionStatus> statuses(Dtx dtx) {
        return dtx.transactions().list(any -> true).stream()
                .map(TransactionHistory::status)
                .toList();
    }

    private Dtx dtx() {
        return dtx("300ms");
    }

    private Dtx dtx(String closeWait) {
        return Dtx.builder()
                .config("dtx.log.dir", directory.toString())
                .config("dtx.compensation.wait", "100ms")
                .config("dtx.close.wait", closeWait)
                .build();
    }

    /** What cannot be undone in a hurry. */
    static class Rocket {
        private final CountDownLatch released;

        Rocket(CountDownLatch released) {
            this.released = released;
        }

        @SagaStep(compensate = "drain")
        void fuel() {
            assertThat(released.getCount()).isPositive();
        }

        void drain() {
            while (released.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
                boolean unused = Thread.interrupted();
            }
        }
    }
}
