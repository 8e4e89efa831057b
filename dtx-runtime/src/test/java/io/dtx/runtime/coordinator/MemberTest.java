package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.spi.RetrySchedule;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemberTest {

    private final Breaking log = new Breaking();
    private final Member member = new Member(log, Limits.DEFAULT, 2_000);

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    void a_member_that_cannot_serve_any_more_says_so_and_keeps_nobody_waiting() throws Exception {
        member.open(() -> {});
        assertThat(open("one").join()).extracting(Reply::kind).containsExactly(Reply.Kind.ACCEPTED);
        log.broken = true;

        CompletableFuture<List<Reply>> during = open("two");

        assertThat(member.stopped().get(10, TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> during.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(NotLeadingException.class);
        assertThatThrownBy(() -> open("three").get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(NotLeadingException.class);
        assertThat(member.leads()).isFalse();
    }

    @Test
    void a_member_that_cannot_serve_any_more_closes_its_log_whoever_listens() throws Exception {
        member.open(() -> {});
        CompletableFuture<Void> careless = member.stopped().thenRun(() -> {
            throw new OutOfMemoryError("planted");
        });
        log.broken = true;
        log.failing = true;

        assertThatThrownBy(() -> open("one").get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(NotLeadingException.class);

        assertThat(log.closed.await(10, TimeUnit.SECONDS))
                .as("closed, and tried again when that failed")
                .isTrue();
        assertThat(careless).isCompletedExceptionally();
    }

    @Test
    void what_a_session_cannot_do_hides_nothing_that_it_can() {
        member.open(() -> {});
        long one = opened("one", "Stock.reserve", "db@first");
        long other = opened("other", "Pay.charge", "db@second");
        for (int number = 1; number <= 20; number++) {
            leaveToUndo(new TransactionId(member.cluster(), one, number), "Stock.reserve", "first");
        }
        TransactionId behind = new TransactionId(member.cluster(), other, 1);
        leaveToUndo(behind, "Pay.charge", "second");

        assertThat(member.pendingActions(other, 1))
                .extracting(Action::transaction)
                .containsExactly(behind);
        assertThat(member.pendingActions(one, 16)).hasSize(16);
    }

    @Test
    void a_session_that_has_fallen_silent_is_ended_once_however_long_the_log_takes() throws Exception {
        Slow slow = new Slow();
        try (Member hasty = new Member(slow, Limits.DEFAULT, 100)) {
            hasty.open(() -> {});
            hasty.submit(new SessionBatch(0, 0, 0, List.of(new LogCommand.OpenSession(1, "one", "shop", List.of()))))
                    .join();
            assertThat(slow.expired.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            slow.awaitLooks();

            slow.goOn();

            slow.awaitLooks();
            assertThat(slow.expired.availablePermits()).as("appended once more").isZero();
        }
    }

    private long opened(String node, String... hosted) {
        return member.submit(new SessionBatch(
                        0, 0, 0, List.of(new LogCommand.OpenSession(node.hashCode(), node, "shop", List.of(hosted)))))
                .join()
                .get(0)
                .value();
    }

    /** A saga of one step that has finished and is to be undone, in the lane of resource "db". */
    private void leaveToUndo(TransactionId id, String step, String database) {
        RetrySchedule schedule = RetrySchedule.COMPENSATION;
        List<LogCommand> commands = List.of(
                new LogCommand.Begin(id, "Orders.place", Recovery.BACKWARD, 60_000, null),
                new LogCommand.StartStep(id, 1, step, "db", database, false, true, 0, schedule, 1, null),
                new LogCommand.FinishStep(id, 1, null),
                new LogCommand.Decide(id, LogCommand.Outcome.ABORT, "planted", 1));
        long first = 4 * id.number() - 3;
        assertThat(member.submit(new SessionBatch(id.session(), first, 1, commands))
                        .join())
                .extracting(Reply::kind)
                .containsOnly(Reply.Kind.ACCEPTED);
    }

    private CompletableFuture<List<Reply>> open(String node) {
        return member.submit(new SessionBatch(
                0, 0, 0, List.of(new LogCommand.OpenSession(node.hashCode(), node, "shop", List.of()))));
    }

    private static final class Breaking extends ForwardingLog {
        final CountDownLatch closed = new CountDownLatch(1);
        volatile boolean broken;
        volatile boolean failing; // once, when it is closed

        Breaking() {
            super(new MemoryLog());
        }

        @Override
        public CompletableFuture<Long> append(List<SessionBatch> batches) {
            if (broken) {
                throw new StackOverflowError("planted");
            }
            return super.append(batches);
        }

        @Override
        public void close() {
            if (failing) {
                failing = false;
                throw new StackOverflowError("planted");
            }
            super.close();
            closed.countDown();
        }
    }

    /** Holds the entries back that end sessions, and counts how often somebody looks what time it is. */
    private static final class Slow extends ForwardingLog {

        final Semaphore expired = new Semaphore(0);
        private final Semaphore looks = new Semaphore(0);
        private final CompletableFuture<Void> goesOn = new CompletableFuture<>();

        Slow() {
            super(new MemoryLog());
        }

        @Override
        public CompletableFuture<Long> append(List<SessionBatch> batches) {
            if (batches.stream()
                    .flatMap(each -> each.commands().stream())
                    .noneMatch(LogCommand.ExpireSession.class::isInstance)) {
                return super.append(batches);
            }
            expired.release();
            return goesOn.thenCompose(now -> super.append(batches));
        }

        @Override
        public long time() {
            looks.release();
            return super.time();
        }

        void awaitLooks() throws InterruptedException {
            looks.drainPermits();
            assertThat(looks.tryAcquire(5, 10, TimeUnit.SECONDS)).isTrue();
        }

        void goOn() {
            goesOn.complete(null);
        }
    }
}
