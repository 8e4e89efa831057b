package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A log that lets an entry pass only when a test permits it, and answers each command with its own number. */
class HeldLog implements CoordinatorLink {

    final List<SessionBatch> entries = Collections.synchronizedList(new ArrayList<>());
    final List<Thread> leaders = Collections.synchronizedList(new ArrayList<>());
    final Semaphore permits = new Semaphore(0);
    final AtomicInteger arrived = new AtomicInteger();
    volatile boolean broken;
    volatile boolean stumbling;
    volatile long due = Long.MAX_VALUE;
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public List<List<Reply>> append(List<SessionBatch> batches) {
        if (inside.incrementAndGet() != 1) {
            throw new AssertionError("two appends at once");
        }
        arrived.incrementAndGet();
        permits.acquireUninterruptibly();
        if (broken) {
            throw new LogUnavailableException("planted", null);
        }
        if (batches.isEmpty()) {
            due = Long.MAX_VALUE;
        }
        List<Reply> answers = new ArrayList<>();
        for (SessionBatch batch : batches) {
            entries.add(batch);
            for (int i = 0; i < batch.commands().size(); i++) {
                answers.add(Reply.session(
                        Reply.Kind.ACCEPTED, number(batch.commands().get(i))));
            }
        }
        leaders.add(Thread.currentThread());
        inside.decrementAndGet();
        return List.of(stumbling ? new Stumbling(answers) : answers);
    }

    /** Replies of which only the first can be read. */
    private static final class Stumbling extends ArrayList<Reply> {

        private static final long serialVersionUID = 1L;

        Stumbling(List<Reply> replies) {
            super(replies);
        }

        @Override
        public List<Reply> subList(int from, int to) {
            if (from > 0) {
                throw new OutOfMemoryError("planted");
            }
            return super.subList(from, to);
        }
    }

    static LogCommand command(long number) {
        return new LogCommand.Retry(new TransactionId(1, 1, number));
    }

    static long number(LogCommand command) {
        return ((LogCommand.Retry) command).transaction().number();
    }

    @Override
    public long nextDue() {
        return due;
    }

    @Override
    public long time() {
        return 1_000;
    }

    @Override
    public void open(Listener listener) {}

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void keepAlive(long session) {}

    @Override
    public @Nullable TransactionState transaction(TransactionId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TransactionState> transactions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OpenSessions openSessions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Action> pendingActions(long session, int perLane) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long cluster() {
        return 0;
    }

    @Override
    public byte[] read(Payload payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void readBarrier() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
