package io.dtx.runtime.log.raft;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a member may still be heard. After the first error of its disk or its state nothing that it has in memory may reach
 * another member: a vote that was not written is as good as none only if nobody ever learns of it. The gate is closed inside
 * the call that failed, before anything else happens, and stays closed. Thread-safe.
 */
final class Gate {

    private final AtomicReference<@Nullable Throwable> closedBy = new AtomicReference<>();
    private final Consumer<Throwable> onHalt;

    /** Creates an open one; {@code onHalt} is told the first cause, by the thread that halts, and must not block. */
    Gate(Consumer<Throwable> onHalt) {
        this.onHalt = onHalt;
    }

    boolean isOpen() {
        return closedBy.get() == null;
    }

    /** Why it is closed; null if it is open. */
    @Nullable
    Throwable cause() {
        return closedBy.get();
    }

    /** Closes it; returns what the caller throws to leave what it is doing. */
    IllegalStateException halt(Throwable cause) {
        if (closedBy.compareAndSet(null, cause)) {
            onHalt.accept(cause);
        }
        return new IllegalStateException("DTX-5210 the member has halted: " + cause, cause);
    }
}
