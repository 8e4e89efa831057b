package io.dtx.runtime.session;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way to one member: requests go out, answers come back or do not. Thread-safe. */
public interface MemberChannel extends AutoCloseable {

    /** Returns the member's address, for people. */
    String address();

    /**
     * Sends a request of {@link Wire}.
     *
     * @return the answer; exceptionally when none has come within the time, in which case the member may have acted or not
     */
    CompletableFuture<byte[]> request(byte[] request, long timeoutMillis);

    /** Sets what to do when the member says that actions may have become pending; a word may be lost. */
    void onPush(Runnable action);

    /** Returns a channel of this kind to another member of the same cluster; null if there is no way from here. */
    default @Nullable MemberChannel to(String address) {
        return null;
    }

    @Override
    void close();
}
