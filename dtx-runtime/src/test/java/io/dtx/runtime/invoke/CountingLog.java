package io.dtx.runtime.invoke;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A log that counts its appends. */
final class CountingLog implements CoordinatorLog {

    private final CoordinatorLog log;
    private final AtomicInteger appends = new AtomicInteger();

    CountingLog(CoordinatorLog log) {
        this.log = log;
    }

    int appends() {
        return appends.get();
    }

    void reset() {
        appends.set(0);
    }

    @Override
    public void start(Replica replica) {
        log.start(replica);
    }

    @Override
    public long cluster() {
        return log.cluster();
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        appends.incrementAndGet();
        return log.append(batches);
    }

    @Override
    public long time() {
        return log.time();
    }

    @Override
    public byte[] read(Payload payload) {
        return log.read(payload);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        return log.readBarrier();
    }

    @Override
    public void close() {
        log.close();
    }
}
