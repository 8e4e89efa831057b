package io.dtx.runtime.coordinator;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A process whose sessions others end, again and again, while it begins transactions: for each one that has ended it opens one
 * more, which is used once everybody knows it, and what is begun in a session that is open is not refused.
 */
public final class OwnSessionsPlay implements Runnable {

    private static final int CALLERS = 2;
    private static final int CALLS = 3;
    private static final int ENDS = 2;
    private static final long MILLIS_MAX = 60_000;
    private static final long BEAT_NANOS = 40_000_000;
    private static final long LATE_NANOS = 4_000_000_000L; // one goes by itself after 5 s
    private static final long[] NANOS_MAX = {2_000, 50_000, 1_000_000, 50_000_000};

    private final Kernel kernel = Kernel.current();
    private final long nanosMax = NANOS_MAX[kernel.chance().below(NANOS_MAX.length)];
    private final Members members = new Members();
    private final Batcher batcher = Batcher.to(members, 8, this::ended);
    private final OwnSessions sessions = new OwnSessions(members, batcher);
    private final Set<Long> known = new HashSet<>();
    private int failed;

    @Override
    public void run() {
        kernel.endAtMillis(MILLIS_MAX);
        batcher.start();
        sessions.beforeUse(this::makeKnown);
        sessions.open("one", "shop", List.of());
        known.add(sessions.current().id());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            threads.add(new Thread(this::call, "caller"));
        }
        threads.add(new Thread(this::endSessions, "others"));
        threads.forEach(Thread::start);
        threads.forEach(OwnSessionsPlay::await);
        if (members.ended.contains(sessions.usable().id())) {
            kernel.complain("it uses a session that was ended long ago");
        }
        if (members.opened.size() != 1 + ENDS + failed) {
            kernel.complain(members.opened.size() + " sessions were opened, " + failed + " of them for nothing");
        }
        closeWhileSomebodyWaits();
        batcher.close();
    }

    private void makeKnown(long session) {
        kernel.pauseNanos(kernel.chance().between(1, nanosMax));
        if (kernel.chance().oneIn(8)) {
            failed++;
            throw new IllegalStateException("planted");
        }
        known.add(session);
    }

    private void call() {
        for (int i = 0; i < CALLS; i++) {
            kernel.pauseNanos(kernel.chance().between(1, BEAT_NANOS));
            int ended = members.ended.size();
            long began = kernel.nanos();
            try {
                begin(sessions.usable());
            } catch (CoordinatorUnavailableException e) {
                if (members.ended.size() == ended) { // else the one that it has waited for
                    kernel.complain("no session, and no other one has ended");
                }
            }
            if (kernel.nanos() - began > LATE_NANOS) {
                kernel.complain("nobody has told that there is a session");
            }
        }
    }

    private void begin(OwnSession session) {
        if (!known.contains(session.id())) {
            kernel.complain("not everybody knows session " + session.id());
        }
        TransactionId id = session.next();
        LogCommand begin = new LogCommand.Begin(id, "orders", Recovery.BACKWARD, 1_000, null);
        Reply reply = batcher.submit(List.of(begin), true).join().get(0);
        if (!reply.is(Reply.Kind.ACCEPTED) && !members.ended.contains(session.id())) {
            kernel.complain("session " + session.id() + " is open, and gets " + reply);
        }
        session.release(id);
    }

    /** As heartbeats say it, until another one is kept alive. */
    private void endSessions() {
        for (int i = 0; i < ENDS; i++) {
            kernel.pauseNanos(kernel.chance().between(1, BEAT_NANOS));
            long session = sessions.current().id();
            members.ended.add(session);
            while (sessions.current().id() == session) {
                if (members.alive == session) {
                    sessions.ended(session);
                }
                kernel.pauseNanos(BEAT_NANOS);
            }
        }
    }

    private void closeWhileSomebodyWaits() {
        long last = sessions.current().id();
        members.ended.add(last);
        sessions.ended(last);
        Thread waiting = new Thread(this::waitForTheNext, "waiting");
        waiting.start();
        kernel.pauseNanos(kernel.chance().between(1, nanosMax));
        long closed = kernel.nanos();
        sessions.close();
        await(waiting);
        if (kernel.nanos() - closed > LATE_NANOS) {
            kernel.complain("somebody waits although there will be no session");
        }
    }

    private void waitForTheNext() {
        try {
            sessions.usable();
        } catch (CoordinatorUnavailableException e) {
            kernel.note(() -> "none comes");
        }
    }

    private void ended(long session) {
        sessions.ended(session);
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever leads answers, or not, after a while; a session is opened once for each nonce. */
    private final class Members extends HeldLog {

        private final Map<Long, Long> opened = new HashMap<>();
        private final Set<Long> ended = new HashSet<>();
        private long alive;

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public void keepAlive(long session) {
            alive = session;
        }

        @Override
        public CompletableFuture<List<Reply>> send(SessionBatch batch) {
            CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
            if (kernel.chance().oneIn(2)) {
                arrive(batch, answer);
            } else {
                new Thread(
                                () -> {
                                    kernel.pauseNanos(kernel.chance().between(1, nanosMax));
                                    arrive(batch, answer);
                                },
                                "members")
                        .start();
            }
            return answer;
        }

        private void arrive(SessionBatch batch, CompletableFuture<List<Reply>> answer) {
            boolean lost = kernel.chance().oneIn(8);
            List<Reply> replies = !lost || kernel.chance().oneIn(2) ? apply(batch) : List.of();
            if (lost) {
                answer.completeExceptionally(new LogUnavailableException("nobody has answered", null));
            } else {
                answer.complete(replies);
            }
        }

        @Override
        public List<List<Reply>> append(List<SessionBatch> batches) {
            kernel.pauseNanos(kernel.chance().between(1, nanosMax));
            return batches.stream().map(this::apply).toList();
        }

        private List<Reply> apply(SessionBatch batch) {
            return batch.commands().stream()
                    .map(each -> apply(batch.session(), each))
                    .toList();
        }

        private Reply apply(long session, LogCommand command) {
            if (command instanceof LogCommand.OpenSession opening) {
                return Reply.session(
                        Reply.Kind.ACCEPTED, opened.computeIfAbsent(opening.nonce(), nonce -> opened.size() + 1L));
            }
            return ended.contains(session) ? Reply.fenced() : Reply.session(Reply.Kind.ACCEPTED, 0);
        }
    }
}
