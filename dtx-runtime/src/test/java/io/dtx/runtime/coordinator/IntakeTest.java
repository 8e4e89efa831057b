package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.log.NotLeaderException;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final Later log = new Later();
    private final Member member = new Member(log, Limits.DEFAULT, 60_000);

    @BeforeEach
    void open() {
        member.open(() -> {});
    }

    @AfterEach
    void stop() {
        log.goOn();
        member.close();
    }

    @Test
    void who_ends_an_entry_answers_it_and_appends_what_has_arrived_meanwhile_as_one() {
        long one = opened();
        long other = opened();

        CompletableFuture<List<Reply>> first = member.submit(closing(one));
        CompletableFuture<List<Reply>> second = member.submit(closing(one));
        CompletableFuture<List<Reply>> third = member.submit(closing(other));
        assertThat(log.appended.get(log.appended.size() - 1)).hasSize(1);

        log.end();

        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(log.appended.get(log.appended.size() - 1)).hasSize(2);
        log.end();
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(log.waiting).isEmpty();
    }

    @Test
    void an_entry_whose_end_is_unknown_is_sent_again_by_the_session_and_the_next_one_goes_on() {
        long one = opened();
        CompletableFuture<List<Reply>> first = member.submit(closing(one));
        CompletableFuture<List<Reply>> second = member.submit(closing(one));

        log.fail();
        log.end();

        assertThatThrownBy(first::join).hasCauseInstanceOf(NotLeadingException.class);
        assertThat(second).isCompleted();
    }

    @Test
    void an_entry_whose_end_is_heard_of_after_a_later_one_has_no_answers_and_is_sent_again_by_the_session() {
        long one = opened();
        long other = opened();
        CompletableFuture<List<Reply>> first = member.submit(closing(one));

        log.endLate(closing(other));

        assertThatThrownBy(first::join).hasCauseInstanceOf(NotLeadingException.class);
        assertThat(member.openSessions().sessions()).as("open sessions").isEmpty();
    }

    @Test
    void an_error_where_callers_are_answered_ends_the_member_instead_of_holding_up_everybody() throws Exception {
        long one = opened();
        CompletableFuture<List<Reply>> first = member.submit(closing(one));
        CompletableFuture<List<Reply>> second = member.submit(closing(one));

        log.waiting.remove().completeExceptionally(new CompletionException("planted", null) {
            private boolean thrown;

            @Override
            public synchronized Throwable getCause() {
                if (thrown) {
                    return new NotLeaderException("planted", null);
                }
                thrown = true;
                throw new OutOfMemoryError("planted");
            }
        });

        assertThat(member.stopped().get(10, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(first::join).hasCauseInstanceOf(NotLeadingException.class);
        assertThatThrownBy(second::join).hasCauseInstanceOf(NotLeadingException.class);
        assertThatThrownBy(member.submit(closing(one))::join).hasCauseInstanceOf(NotLeadingException.class);
    }

    private long opened() {
        CompletableFuture<List<Reply>> opened = member.submit(new SessionBatch(
                0, 0, 0, List.of(new LogCommand.OpenSession(log.appended.size() + 1L, "n", "shop", List.of()))));
        log.end();
        return opened.join().get(0).value();
    }

    private static SessionBatch closing(long session) {
        return new SessionBatch(session, 1, 1, List.of(new LogCommand.CloseSession()));
    }

    /** A log whose entries end when a test wants them to. */
    private static final class Later extends ForwardingLog {

        final List<List<SessionBatch>> appended = new ArrayList<>();
        final Queue<CompletableFuture<Long>> waiting = new ArrayDeque<>();
        private boolean atOnce;

        Later() {
            super(new MemoryLog());
        }

        @Override
        public CompletableFuture<Long> append(List<SessionBatch> batches) {
            if (atOnce) {
                return super.append(batches);
            }
            appended.add(batches);
            CompletableFuture<Long> index = new CompletableFuture<>();
            waiting.add(index);
            return index;
        }

        void end() {
            CompletableFuture<Long> first = waiting.remove();
            CompletableFuture<Void> unused =
                    super.append(appended.get(appended.size() - 1)).thenAccept(first::complete);
        }

        /** Ends the first entry when another one, of another leader, has been applied behind it. */
        void endLate(SessionBatch next) {
            CompletableFuture<Long> first = waiting.remove();
            long index = super.append(appended.get(appended.size() - 1)).join();
            long later = super.append(List.of(next)).join();
            assertThat(later).isGreaterThan(index);
            first.complete(index);
        }

        void fail() {
            waiting.remove().completeExceptionally(new NotLeaderException("planted", null));
        }

        void goOn() {
            atOnce = true;
            while (!waiting.isEmpty()) {
                fail();
            }
        }
    }
}
