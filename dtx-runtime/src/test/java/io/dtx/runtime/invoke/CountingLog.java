package io.dtx.runtime.invoke;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A log that counts its appends. */
final class CountingLog extends ForwardingLog {

    private final AtomicInteger appends = new AtomicInteger();

    CountingLog(CoordinatorLog log) {
        super(log);
    }

    int appends() {
        return appends.get();
    }

    void reset() {
        appends.set(0);
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        appends.incrementAndGet();
        return log.append(batches);
    }
}
