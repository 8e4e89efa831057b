package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatcherOverNetworkTest {

    private final RemoteLog members = new RemoteLog();
    private final List<Long> ended = new ArrayList<>();
    private boolean failing; // when it is told that its session was ended
    private final Batcher batcher = Batcher.to(members, 8, this::ended);

    @BeforeEach
    void start() {
        batcher.start();
        batcher.numberFor(new OwnSession(1, 5));
    }

    @AfterEach
    void stop() {
        members.broken = true; // as a link that is closed
        members.permits.release(100);
        members.refuseAll();
        batcher.close();
    }

    @Test
    void what_is_submitted_while_a_batch_is_on_its_way_goes_together_when_the_answer_comes() throws Exception {
        Submission first = submit(1);
        Submission second = submit(2);
        Submission third = submit(3);
        RemoteLog.Sent sent = members.next();
        assertThat(sent.batch().commands()).hasSize(1);
        assertThat(members.sent).isEmpty();

        sent.answer();

        assertThat(first.join()).extracting(Reply::value).containsExactly(1L);
        RemoteLog.Sent next = members.next();
        assertThat(next.by()).isEqualTo(Thread.currentThread());
        assertThat(next.batch().first()).isEqualTo(2);
        next.answer();
        assertThat(second.join()).extracting(Reply::value).containsExactly(2L);
        assertThat(third.join()).extracting(Reply::value).containsExactly(3L);
        assertThat(members.leaders).isEmpty();
    }

    @Test
    void what_nobody_has_answered_is_asked_again_with_the_same_numbers_by_the_thread_that_may_wait() throws Exception {
        Submission first = submit(1);
        Submission second = submit(2);
        RemoteLog.Sent sent = members.next();

        sent.fail();
        members.permits.release();

        assertThat(first.join()).extracting(Reply::value).containsExactly(1L);
        assertThat(members.entries).containsExactly(sent.batch());
        assertThat(members.leaders).extracting(Thread::getName).containsExactly("dtx-log");
        members.next().answer();
        assertThat(second.join()).extracting(Reply::value).containsExactly(2L);
    }

    @Test
    void a_link_that_is_closed_meanwhile_says_that_the_outcome_is_unknown() throws Exception {
        Submission first = submit(1);
        Submission second = submit(2);
        members.broken = true;
        members.permits.release();

        members.next().fail();

        assertThatThrownBy(first::join).hasMessageContaining("DTX-7011");
        assertThatThrownBy(second::join).hasMessageContaining("DTX-7010");
        batcher.close();
        assertThatThrownBy(() -> submit(3).join()).hasMessageContaining("DTX-7010");
    }

    @Test
    void who_cannot_open_the_next_session_is_told_again_and_callers_learn_that_this_one_was_ended() throws Exception {
        failing = true;
        Submission first = submit(1);
        members.next().fence();
        assertThat(first.join()).extracting(Reply::kind).containsExactly(Reply.Kind.FENCED);

        failing = false;
        Submission second = submit(2);
        members.next().fence();

        assertThat(second.join()).extracting(Reply::kind).containsExactly(Reply.Kind.FENCED);
        assertThat(ended).containsExactly(5L);
    }

    @Test
    void letting_time_pass_is_left_to_the_members() {
        assertThat(batcher.submit(List.of(), true).join()).isEmpty();
        assertThat(members.sent).isEmpty();
    }

    private void ended(long session) {
        if (failing) {
            throw new OutOfMemoryError("planted: unable to create native thread");
        }
        ended.add(session);
    }

    private Submission submit(long number) {
        return batcher.submit(List.of(HeldLog.command(number)), true);
    }

    /** Members that answer when a test wants them to. */
    private static final class RemoteLog extends HeldLog {

        final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();

        record Sent(SessionBatch batch, Thread by, CompletableFuture<List<Reply>> replies) {

            void answer() {
                replies.complete(batch.commands().stream().map(Sent::reply).toList());
            }

            void fence() {
                replies.complete(
                        batch.commands().stream().map(each -> Reply.fenced()).toList());
            }

            void fail() {
                replies.completeExceptionally(new LogUnavailableException("planted", null));
            }

            private static Reply reply(LogCommand command) {
                return Reply.session(
                        Reply.Kind.ACCEPTED,
                        ((LogCommand.Retry) command).transaction().number());
            }
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public long nextDue() {
            return Long.MAX_VALUE;
        }

        @Override
        public CompletableFuture<List<Reply>> send(SessionBatch batch) {
            Sent next = new Sent(batch, Thread.currentThread(), new CompletableFuture<>());
            sent.add(next);
            return next.replies;
        }

        Sent next() throws InterruptedException {
            return Objects.requireNonNull(sent.poll(20, TimeUnit.SECONDS), "no batch is sent");
        }

        void refuseAll() {
            for (Sent each = sent.poll(); each != null; each = sent.poll()) {
                each.fail();
            }
        }
    }
}
