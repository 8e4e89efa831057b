package io.dtx.runtime.coordinator;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionState;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * This process's session, and the next one when others have ended it: what was open in the old one is theirs then, what is
 * begun from now on is ours. Thread-safe.
 */
final class OwnSessions {

    private static final System.Logger LOG = System.getLogger(OwnSessions.class.getName());

    private static final long AWAIT_SECONDS = 5;
    private static final long BACK_OFF_MILLIS = 200;

    private final CoordinatorLink link;
    private final Batcher batcher;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private LongConsumer beforeUse = session -> {};
    private @Nullable Opening opening;
    private volatile @Nullable OwnSession current;
    private volatile boolean closed;

    private record Opening(String node, String application, List<String> hosted) {
        LogCommand command() {
            return new LogCommand.OpenSession(new SecureRandom().nextLong(), node, application, hosted);
        }
    }

    OwnSessions(CoordinatorLink link, Batcher batcher) {
        this.link = link;
        this.batcher = batcher;
    }

    /** As {@link Coordinator#openSession}. */
    List<Long> open(String node, String application, List<String> hosted) {
        List<Long> earlier = link.isShared()
                ? List.of()
                : link.openSessions().sessions().stream().map(SessionState::id).toList();
        Opening first = new Opening(node, application, hosted);
        opening = first;
        use(submit(first, earlier));
        return earlier;
    }

    /** Says what has to be done before a session that replaces an ended one is used. */
    void beforeUse(LongConsumer action) {
        beforeUse = action;
    }

    /** Returns the session, which may have been ended by others. */
    OwnSession current() {
        OwnSession session = current;
        if (session == null) {
            throw new IllegalStateException("DTX-1004 dtx has not been started: call dtx.start() first.");
        }
        return session;
    }

    /** Returns a session in which something can be begun; waits a little for the next one when others have ended this one. */
    OwnSession usable() {
        OwnSession session = current();
        return session.isEnded() ? next() : session;
    }

    /** Others have ended a session: nothing is begun in it any more, and a thread opens the next one. */
    void ended(long id) {
        OwnSession session = current;
        lock.lock();
        try {
            if (session == null || session.id() != id || session.isEnded() || closed) {
                return;
            }
            Thread thread = new Thread(this::reopen, "dtx-session");
            thread.setDaemon(true);
            thread.start(); // first, for it may fail: then whoever is told next that the session has ended tries again
            session.end();
        } finally {
            lock.unlock();
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "DTX-7033 session {0} of this process was ended by others, who finish what it had open; a new one is opened.",
                Long.toString(id));
    }

    /** Opens no other. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private OwnSession next() {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(AWAIT_SECONDS);
            while (current().isEnded() && left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        OwnSession session = current();
        if (session.isEnded()) {
            throw new CoordinatorUnavailableException(
                    null,
                    "DTX-7034 others have ended the session of this process, and no new one could be opened yet: try again.",
                    null);
        }
        return session;
    }

    private void reopen() {
        Opening again = opening;
        while (!closed && again != null) {
            try {
                OwnSession next = submit(again, List.of());
                if (!closed) { // else nobody uses it: it falls silent
                    beforeUse.accept(next.id());
                    use(next);
                }
                return;
            } catch (Throwable e) { // nobody else opens one
                if (!closed) {
                    LOG.log(System.Logger.Level.WARNING, "DTX-7035 no new session yet; it is tried again.", e);
                    pause();
                }
            }
        }
    }

    private OwnSession submit(Opening opening, List<Long> earlier) {
        List<LogCommand> commands = new ArrayList<>();
        commands.add(opening.command());
        earlier.forEach(id -> commands.add(new LogCommand.ExpireSession(id)));
        Reply opened = batcher.submit(commands, true).join().get(0);
        if (!opened.is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY)) {
            throw new CoordinatorUnavailableException(null, "DTX-7012 no session could be opened: " + opened, null);
        }
        link.keepAlive(opened.value());
        return new OwnSession(link.cluster(), opened.value());
    }

    private void use(OwnSession session) {
        lock.lock();
        try {
            batcher.numberFor(session);
            current = session;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(BACK_OFF_MILLIS);
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true; // nobody interrupts this thread but a virtual machine that ends
        } finally {
            lock.unlock();
        }
    }
}
