package io.dtx.runtime.invoke;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the threads of one saga agree on once it was handed to a task: whose turn it is to run a step, how many tasks have not
 * ended, and that the saga is over. Steps take turns, for their order is the order in which they are undone.
 */
final class Sharing {

    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock count = new ReentrantLock();
    private final Condition allEnded = count.newCondition();
    private int openTasks;
    private volatile boolean over;

    /** Counts a task; false if the saga is over. */
    boolean enter() {
        count.lock();
        try {
            if (over) {
                return false;
            }
            openTasks++;
            return true;
        } finally {
            count.unlock();
        }
    }

    /** A task has ended. */
    void leave() {
        count.lock();
        try {
            openTasks--;
            if (openTasks == 0) {
                allEnded.signalAll();
            }
        } finally {
            count.unlock();
        }
    }

    /**
     * Waits until all tasks have ended; then the saga is over, so that none begins between this and the {@link #end}.
     *
     * @return how many have not, when the time was over
     */
    int awaitTasks(long deadlineNanos) throws InterruptedException {
        count.lock();
        try {
            long left = deadlineNanos - System.nanoTime();
            while (openTasks > 0 && left > 0) {
                left = allEnded.awaitNanos(left);
            }
            over = openTasks == 0;
            return openTasks;
        } finally {
            count.unlock();
        }
    }

    /** Waits for the current thread's turn to run a step; false if there was none in time. */
    boolean takeTurn(long deadlineNanos) throws InterruptedException {
        return turn.tryLock() || turn.tryLock(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    void endTurn() {
        turn.unlock();
    }

    /** Lets no other step begin, also none that waits for its turn, and the one that runs end. */
    void end() {
        count.lock();
        try {
            over = true;
        } finally {
            count.unlock();
        }
        turn.lock();
        try {
            assert over; // and the step that was running has ended
        } finally {
            turn.unlock();
        }
    }

    boolean isOver() {
        return over;
    }
}
