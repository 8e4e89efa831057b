package io.dtx.runtime.log.file;

import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.RecordingReplica;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Appends one entry after the other to a log, on a thread of its own, until an append fails or it is told to end. */
final class Appender {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final FileLog log;
    private final Thread thread = new Thread(this::run, "appender");
    private volatile long acknowledged;
    private volatile boolean ending;
    private volatile @Nullable Throwable failure;

    private Appender(FileLog log, RecordingReplica replica) {
        this.log = log;
        this.acknowledged = replica.lastIndex();
    }

    /** Goes on behind what the replica has. */
    static Appender start(FileLog log, RecordingReplica replica) {
        Appender appender = new Appender(log, replica);
        appender.thread.start();
        return appender;
    }

    private void run() {
        try {
            while (!ending) {
                long next = acknowledged + 1;
                Workload.append(log, next);
                acknowledged = next;
            }
        } catch (CompletionException | AssertionError e) {
            failure = e;
        }
    }

    /** The last index that was acknowledged, or that the replica began with. */
    long acknowledged() {
        return acknowledged;
    }

    /** Waits until this index is acknowledged. */
    void await(long index) throws IOException {
        long began = System.nanoTime();
        while (acknowledged < index) {
            if (failure != null) {
                throw new IOException("stopped before entry " + index, failure);
            }
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new AssertionError("entry " + index + " is not acknowledged, but " + acknowledged);
            }
            LockSupport.parkNanos(20_000);
        }
    }

    /** Waits until an append has failed; returns why. */
    Throwable awaitFailure() throws InterruptedException {
        join();
        if (failure instanceof CompletionException refused
                && (refused.getCause() instanceof AppendUnknownException
                        || refused.getCause() instanceof LogUnavailableException)) {
            return refused.getCause();
        }
        throw new AssertionError("no append was refused", failure);
    }

    /** Lets it end after the next acknowledgement. */
    void end() throws InterruptedException {
        ending = true;
        join();
        if (failure != null) {
            throw new AssertionError("an append failed", failure);
        }
    }

    private void join() throws InterruptedException {
        thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        if (thread.isAlive()) {
            throw new AssertionError("an append hangs behind entry " + acknowledged);
        }
    }
}
