package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatcherTest {

    private static final int QUEUE_MAX = 8;
    private static final int PLENTY = 1_000_000;
    private static final long SECOND = 1_000_000;

    private final HeldLog log = new HeldLog();
    private final Batcher batcher = Batcher.to(log, QUEUE_MAX, session -> {});
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeEach
    void start() {
        batcher.start();
        batcher.numberFor(new OwnSession(1, 5));
    }

    @AfterEach
    void stop() {
        log.permits.release(PLENTY);
        batcher.close();
        callers.shutdownNow();
    }

    @Test
    void a_caller_that_finds_nothing_in_flight_appends_itself() {
        log.permits.release();

        List<Reply> replies = batcher.submit(commands(7), true).join();

        assertThat(replies).extracting(Reply::value).containsExactly(7L);
        assertThat(log.leaders).containsExactly(Thread.currentThread());
    }

    @Test
    void what_is_submitted_while_an_entry_is_in_flight_is_the_next_entry_and_one_of_its_waiters_appends_it()
            throws Exception {
        Future<List<Reply>> first = call(1);
        await(() -> log.arrived.get() == 1);
        Future<List<Reply>> second = call(2);
        Future<List<Reply>> third = call(3);
        await(() -> batcher.queued() == 2);

        log.permits.release(2);

        assertThat(value(first)).isEqualTo(1);
        assertThat(value(second)).isEqualTo(2);
        assertThat(value(third)).isEqualTo(3);
        assertThat(log.entries).hasSize(2);
        assertThat(log.leaders).extracting(Thread::getName).noneMatch(name -> name.equals("dtx-log"));
    }

    @Test
    void whoever_comes_first_goes_on_when_the_one_that_was_woken_is_late() throws Exception {
        Future<List<Reply>> first = call(1);
        await(() -> log.arrived.get() == 1);
        Submission late = batcher.submit(commands(2), true); // and this thread does something else yet
        log.permits.release(2);
        assertThat(value(first)).isEqualTo(1);

        assertThat(value(call(3))).isEqualTo(3);

        assertThat(log.leaders).hasSize(2).doesNotContain(Thread.currentThread());
        assertThat(late.join()).extracting(Reply::value).containsExactly(2L);
        assertThat(log.entries).hasSize(2);
    }

    @Test
    void what_nobody_waits_for_yet_is_appended_all_the_same() {
        log.permits.release();

        Submission submission = batcher.submit(commands(4), false);

        await(() -> log.entries.size() == 1);
        assertThat(submission.join()).extracting(Reply::value).containsExactly(4L);
        assertThat(log.leaders).extracting(Thread::getName).containsExactly("dtx-log");
    }

    @Test
    void an_empty_entry_lets_time_pass_when_something_is_due() {
        log.permits.release(2);
        log.due = 900;

        batcher.submit(commands(1), true).join();

        await(() -> log.due == Long.MAX_VALUE);
        assertThat(log.arrived).hasValue(2);
        assertThat(log.entries).hasSize(1);
    }

    @Test
    void a_waiter_whose_time_is_over_leaves_and_its_commands_are_appended_yet() throws Exception {
        Future<List<Reply>> first = call(1);
        await(() -> log.arrived.get() == 1);
        Submission second = batcher.submit(commands(2), true);

        assertThatThrownBy(() -> second.await(System.nanoTime() + 1_000_000)).isInstanceOf(TimeoutException.class);
        log.permits.release(2);

        assertThat(value(first)).isEqualTo(1);
        assertThat(second.join()).extracting(Reply::value).containsExactly(2L);
    }

    @Test
    void an_interrupted_waiter_leaves_or_answers_and_stays_interrupted() {
        log.permits.release(2);
        Thread.currentThread().interrupt();

        assertThat(batcher.submit(commands(1), true).join()).hasSize(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void numbers_are_consecutive_and_answers_go_to_whom_they_belong_under_load() throws Exception {
        log.permits.release(PLENTY);
        List<Future<Boolean>> running = new ArrayList<>();
        for (int caller = 0; caller < 16; caller++) {
            long base = 1_000L * (caller + 1);
            running.add(callers.submit(() -> everyAnswerIsItsOwn(base)));
        }
        for (Future<Boolean> each : running) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
        }

        long next = 1;
        for (SessionBatch each : log.entries) {
            assertThat(each.first()).isEqualTo(next);
            next += each.commands().size();
        }
        assertThat(next - 1).isEqualTo(16 * 500 * 2);
    }

    private boolean everyAnswerIsItsOwn(long base) throws Exception {
        for (long number = base; number < base + 500; number++) {
            boolean waits = number % 3 != 0;
            Submission submission = batcher.submit(commands(number, number + SECOND), waits);
            List<Reply> replies = number % 5 == 0
                    ? submission.await(System.nanoTime() + TimeUnit.MINUTES.toNanos(1))
                    : submission.join();
            if (replies.size() != 2
                    || replies.get(0).value() != number
                    || replies.get(1).value() != number + SECOND) {
                return false;
            }
        }
        return true;
    }

    @Test
    void a_full_queue_makes_callers_wait_and_loses_nothing() throws Exception {
        List<Future<List<Reply>>> running = new ArrayList<>();
        for (int number = 1; number <= 3 * QUEUE_MAX; number++) {
            running.add(call(number));
        }
        await(() -> log.arrived.get() == 1 && batcher.queued() == QUEUE_MAX);

        log.permits.release(PLENTY);

        for (int number = 1; number <= 3 * QUEUE_MAX; number++) {
            assertThat(value(running.get(number - 1))).isEqualTo(number);
        }
    }

    @Test
    void a_log_that_fails_fails_what_is_in_flight_what_waits_and_what_comes_later() throws Exception {
        Future<List<Reply>> inFlight = call(1);
        await(() -> log.arrived.get() == 1);
        Future<List<Reply>> waiting = call(2);
        await(() -> batcher.queued() == 1);

        log.broken = true;
        log.permits.release();

        assertThatThrownBy(() -> value(inFlight)).hasRootCauseMessage("planted").hasMessageContaining("DTX-7011");
        assertThatThrownBy(() -> value(waiting)).hasMessageContaining("DTX-7010");
        assertThatThrownBy(() -> batcher.submit(commands(3), true).join()).hasMessageContaining("DTX-7010");
        assertThatThrownBy(() -> batcher.submit(commands(4), false).join()).hasMessageContaining("DTX-7010");
    }

    @Test
    void who_cannot_read_its_answer_for_want_of_memory_is_the_only_one() throws Exception {
        Future<List<Reply>> first = call(1);
        await(() -> log.arrived.get() == 1);
        Future<List<Reply>> second = call(2);
        await(() -> batcher.queued() == 1);
        Future<List<Reply>> third = call(3);
        await(() -> batcher.queued() == 2);

        log.stumbling = true;
        log.permits.release(2);

        assertThat(value(first)).isEqualTo(1);
        assertThat(value(second)).isEqualTo(2);
        assertThatThrownBy(() -> value(third)).hasCauseInstanceOf(OutOfMemoryError.class);
        log.stumbling = false;
        log.permits.release();
        assertThat(value(call(4))).isEqualTo(4);
    }

    @Test
    void closing_appends_what_is_queued_and_refuses_the_rest() {
        log.permits.release(PLENTY);
        Submission queued = batcher.submit(commands(1), false);

        batcher.close();

        assertThat(queued.join()).hasSize(1);
        assertThatThrownBy(() -> batcher.submit(commands(2), true).join()).hasMessageContaining("DTX-7010");
    }

    private Future<List<Reply>> call(long number) {
        return callers.submit(() -> batcher.submit(commands(number), true).join());
    }

    private static List<LogCommand> commands(long... numbers) {
        List<LogCommand> commands = new ArrayList<>();
        for (long each : numbers) {
            commands.add(HeldLog.command(each));
        }
        return commands;
    }

    private static long value(Future<List<Reply>> replies) throws Exception {
        return replies.get(20, TimeUnit.SECONDS).get(0).value();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not become true within 20 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
