package io.dtx.runtime.net;

import java.util.concurrent.CompletableFuture;

/** A request of ours that waits for its answer. */
final class Call {

    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    private final int bytes;
    private final long begunNanos;
    private final long timeoutNanos;
    private boolean written;

    Call(int bytes, long timeoutNanos) {
        this.bytes = bytes;
        this.begunNanos = System.nanoTime();
        this.timeoutNanos = timeoutNanos;
    }

    CompletableFuture<byte[]> answer() {
        return answer;
    }

    int bytes() {
        return bytes;
    }

    boolean isOver(long now) {
        return now - begunNanos > timeoutNanos;
    }

    long begunNanos() {
        return begunNanos;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    long timeoutMillis() {
        return timeoutNanos / 1_000_000;
    }

    /** It is on its way from now on. On the loop. */
    void markWritten() {
        written = true;
    }

    /** Returns whether it is on its way. On the loop, or once the connection has ended: then nothing is written any more. */
    boolean isWritten() {
        return written;
    }
}
