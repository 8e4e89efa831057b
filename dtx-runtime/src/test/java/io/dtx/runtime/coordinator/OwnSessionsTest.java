package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that others end, while the process closes. */
class OwnSessionsTest {

    private final Members members = new Members();
    private final Batcher batcher = Batcher.to(members, 8, session -> {});
    private final OwnSessions sessions = new OwnSessions(members, batcher);
    private final List<Long> used = new ArrayList<>();
    private final ExecutorService callers = Executors.newSingleThreadExecutor();

    @BeforeEach
    void open() throws Exception {
        batcher.start();
        sessions.beforeUse(used::add);
        Future<List<Long>> opening = callers.submit(() -> sessions.open("one", "shop", List.of()));
        members.next().complete(opened(5));
        opening.get(20, TimeUnit.SECONDS);
        members.asked.clear();
    }

    @AfterEach
    void stop() {
        batcher.close();
        callers.shutdownNow();
    }

    @Test
    void the_next_session_is_used_once_everybody_who_needs_it_knows_it() throws Exception {
        sessions.ended(5);
        members.next().complete(opened(6));

        assertThat(sessions.usable().id()).isEqualTo(6);
        assertThat(used).containsExactly(6L);
    }

    @Test
    void a_session_that_is_opened_too_late_is_made_known_to_nobody() throws Exception {
        sessions.ended(5);
        CompletableFuture<List<Reply>> late = members.next();
        sessions.close();

        late.complete(opened(6));

        Thread opener = members.asked.poll(20, TimeUnit.SECONDS);
        opener.join(20_000);
        assertThat(opener.isAlive()).isFalse();
        assertThat(used).isEmpty();
        assertThat(sessions.current().id()).isEqualTo(5);
    }

    @Test
    void who_waits_for_the_next_session_waits_no_longer_when_there_will_be_none() throws Exception {
        sessions.ended(5);
        CompletableFuture<List<Reply>> unanswered = members.next();
        FutureTask<OwnSession> waiting = new FutureTask<>(sessions::usable);
        Thread caller = new Thread(waiting);
        caller.start();
        while (caller.getState() != Thread.State.TIMED_WAITING) {
            assertThat(caller.isAlive()).isTrue();
            LockSupport.parkNanos(1_000_000);
        }

        sessions.close();

        assertThatThrownBy(() -> waiting.get(4, TimeUnit.SECONDS))
                .hasCauseInstanceOf(CoordinatorUnavailableException.class)
                .hasMessageContaining("DTX-7034");
        unanswered.complete(opened(6));
    }

    private static List<Reply> opened(long session) {
        return List.of(Reply.session(Reply.Kind.ACCEPTED, session));
    }

    /** Members that answer when a test wants them to. */
    private static final class Members extends HeldLog {

        final BlockingQueue<Thread> asked = new LinkedBlockingQueue<>(); // to keep a session alive
        private final BlockingQueue<CompletableFuture<List<Reply>>> sent = new LinkedBlockingQueue<>();

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public CompletableFuture<List<Reply>> send(SessionBatch batch) {
            CompletableFuture<List<Reply>> replies = new CompletableFuture<>();
            sent.add(replies);
            return replies;
        }

        @Override
        public void keepAlive(long session) {
            asked.add(Thread.currentThread());
        }

        CompletableFuture<List<Reply>> next() throws InterruptedException {
            CompletableFuture<List<Reply>> next = sent.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("a session is opened").isNotNull();
            return next;
        }
    }
}
