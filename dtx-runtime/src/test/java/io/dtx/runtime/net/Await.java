package io.dtx.runtime.net;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
final class Await {

    private static final long SECONDS = Long.getLong("dtx.net.patience", 20);

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        long end = end();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Returns when it is too late for what begins to be waited for now, as a reading of {@link System#nanoTime}. */
    static long end() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    }

    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns how a request failed, which it must. */
    static NetException failure(CompletableFuture<?> future) {
        try {
            Object result = future.get(SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("did not fail: " + result);
        } catch (ExecutionException e) {
            return (NetException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
