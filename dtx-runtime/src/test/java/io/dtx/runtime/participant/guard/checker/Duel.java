package io.dtx.runtime.participant.guard.checker;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Two actors of which one at a time goes on, in the order that an explorer chooses at each of their gates. An actor that
 * waits for a lock of the other one's transaction cannot go on: then the other one does.
 */
final class Duel {

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int SEEN_BLOCKED = 3;
    private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(60);

    private enum Place {
        RUNNING,
        AT_GATE,
        DONE
    }

    private final Explorer explorer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Place[] places = {Place.RUNNING, Place.RUNNING};
    private long moves;
    private boolean free;

    Duel(Explorer explorer) {
        this.explorer = explorer;
    }

    /** Runs both to their ends. */
    void run(Executor threads, Actor first, Actor second, Predicate<Actor> isBlocked) {
        threads.execute(() -> first.run(this, 0));
        threads.execute(() -> second.run(this, 1));
        long giveUp = System.nanoTime() + HANG_NANOS;
        long blockedAt = -1;
        int seen = 0;
        lock.lock();
        try {
            while (places[0] != Place.DONE || places[1] != Place.DONE) {
                changed.awaitNanos(SLICE_NANOS);
                if (System.nanoTime() > giveUp) {
                    throw new AssertionError("an actor hangs at " + explorer);
                }
                int waiting = places[0] == Place.AT_GATE ? 0 : 1;
                if (places[waiting] == Place.AT_GATE && places[1 - waiting] == Place.RUNNING) {
                    long move = moves;
                    lock.unlock();
                    boolean blocked = isBlocked.test(waiting == 0 ? second : first);
                    lock.lock();
                    // Several times in a row and nothing between: a wait that has just ended is none.
                    seen = blocked && move == moves && blockedAt == move ? seen + 1 : 0;
                    blockedAt = move;
                    if (seen >= SEEN_BLOCKED) {
                        decide();
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            free = true;
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Waits until this actor's next statement is its turn. */
    void gate(int actor) {
        lock.lock();
        try {
            move(actor, Place.AT_GATE);
            while (places[actor] == Place.AT_GATE && !free) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    void done(int actor) {
        lock.lock();
        try {
            move(actor, Place.DONE);
        } finally {
            lock.unlock();
        }
    }

    private void move(int actor, Place place) {
        places[actor] = place;
        moves++;
        if (places[1 - actor] != Place.RUNNING) {
            decide();
        }
        changed.signalAll();
    }

    private void decide() {
        boolean firstCan = places[0] == Place.AT_GATE;
        boolean secondCan = places[1] == Place.AT_GATE;
        if (firstCan || secondCan) {
            places[explorer.choose(firstCan, secondCan)] = Place.RUNNING;
            moves++;
            changed.signalAll();
        }
    }
}
