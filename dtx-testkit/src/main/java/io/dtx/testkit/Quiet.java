package io.dtx.testkit;

import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps the runtime's warnings of faults that the test has ordered off the console, while one of these is open. */
final class Quiet implements AutoCloseable {

    private static final Logger OURS = Logger.getLogger("io.dtx");
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static int open;
    private static @Nullable Level before;

    private Quiet() {}

    static Quiet begin() {
        LOCK.lock();
        try {
            if (open++ == 0) {
                before = OURS.getLevel();
                OURS.setLevel(Level.OFF);
            }
            return new Quiet();
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public void close() {
        LOCK.lock();
        try {
            if (--open == 0) {
                OURS.setLevel(before);
            }
        } finally {
            LOCK.unlock();
        }
    }
}
